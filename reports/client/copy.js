const SAID_MS = 2000;

/**
 * Copies a text and says so on the button. Where the browser keeps the clipboard from the page, the text is selected
 * instead, for the reader to copy.
 * @param {HTMLElement} button
 * @param {string} text
 */
export function copyText(button, text) {
  const label = button.textContent;
  /** @param {string} said */
  const say = (said) => {
    button.textContent = said;
    setTimeout(() => {
      button.textContent = label;
    }, SAID_MS);
  };
  navigator.clipboard.writeText(text).then(
    () => say('Copied'),
    () => {
      const block = button.parentElement?.querySelector('pre');
      if (block) getSelection()?.selectAllChildren(block);
      say(block ? 'Selected' : 'Could not copy');
    },
  );
}
