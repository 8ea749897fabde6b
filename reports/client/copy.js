const SAID_MS = 2000;

/**
 * Copies a text and says so on the button. Where that cannot be done, the text is selected instead, for the reader to copy.
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
  void toClipboard(text).then((done) => {
    if (done || byCommand(text, button)) return say('Copied');
    const block = button.parentElement?.querySelector('pre');
    if (block) getSelection()?.selectAllChildren(block);
    say(block ? 'Selected' : 'Could not copy');
  });
}

/**
 * A page that came over plain HTTP has no clipboard, and a page in a frame may not use it.
 * @param {string} text
 */
async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The older way, which asks for no permission.
 * @param {string} text
 * @param {HTMLElement} button Has the focus again afterwards.
 */
function byCommand(text, button) {
  const area = document.createElement('textarea');
  area.className = 'visually-hidden';
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  button.focus();
  return done;
}
