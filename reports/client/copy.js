/**
 * Copies a text and says so on the button.
 * @param {HTMLElement} button
 * @param {string} text
 */
async function copyText(button, text) {
  const said = button.textContent;
  button.textContent = (await written(text)) ? 'Copied' : 'Could not copy';
  setTimeout(() => {
    button.textContent = said;
  }, 2000);
}

/** @param {string} text */
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return selectedAndCopied(text);
  }
}

/**
 * The way for browsers that keep the clipboard from pages opened as files.
 * @param {string} text
 */
function selectedAndCopied(text) {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
