// Sends one file by the tus protocol; goes on where it was after a dropped connection, a closed page or a restart.

const HEADERS = { 'Tus-Resumable': '1.0.0' };
const TRIES = 12;
const LONGEST_WAIT_MS = 20_000;

/**
 * @param {string} slug
 * @param {File} file
 * @param {string} run
 * @param {(sent: number) => void} onSent
 * @param {AbortSignal} signal
 * @returns {Promise<{id: string, isKnown: boolean}>}
 */
export async function send(slug, file, run, onSent, signal) {
  const key = ['lastack', slug, run, file.name, file.size, file.lastModified].join('|');
  for (let failures = 0; ; ) {
    try {
      const url = localStorage.getItem(key) ?? (await begin(slug, file, run, key));
      const offset = await offsetOf(url, key);
      if (offset === null) continue;
      const sent = await sendFrom(url, file, offset, onSent, signal);
      localStorage.removeItem(key);
      return sent;
    } catch (error) {
      if (signal.aborted || (error instanceof Refusal && !error.isPassing) || ++failures >= TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** failures, LONGEST_WAIT_MS)));
    }
  }
}

/** An answer of the server that is no success. */
class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} text
   */
  constructor(status, text) {
    super(text.trim() || `the server answered ${status}`);
    this.isPassing =
      status === 0 ||
      status === 408 ||
      status === 409 ||
      status === 423 ||
      status === 429 ||
      status === 503 ||
      status === 507;
  }
}

/**
 * @param {string} slug
 * @param {File} file
 * @param {string} run
 * @param {string} key
 */
async function begin(slug, file, run, key) {
  const metadata = [`filename ${base64(file.name)}`, ...(run === '' ? [] : [`run ${base64(run)}`])].join(',');
  const answer = await fetch(`/cases/${slug}/uploads`, {
    method: 'POST',
    headers: { ...HEADERS, 'Upload-Length': String(file.size), 'Upload-Metadata': metadata },
  });
  const url = answer.headers.get('location');
  if (!answer.ok || url === null) throw new Refusal(answer.status, await answer.text());
  localStorage.setItem(key, url);
  return url;
}

/**
 * @param {string} url
 * @param {string} key
 */
async function offsetOf(url, key) {
  const answer = await fetch(url, { method: 'HEAD', headers: HEADERS });
  if (answer.ok) return Number(answer.headers.get('upload-offset'));
  if (answer.status !== 404 && answer.status !== 410) throw new Refusal(answer.status, '');
  localStorage.removeItem(key);
  return null;
}

/**
 * By XMLHttpRequest, which alone tells how much was sent.
 * @param {string} url
 * @param {File} file
 * @param {number} offset
 * @param {(sent: number) => void} onSent
 * @param {AbortSignal} signal
 * @returns {Promise<{id: string, isKnown: boolean}>}
 */
function sendFrom(url, file, offset, onSent, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new Refusal(request.status, request.responseText));
    request.open('PATCH', url);
    request.setRequestHeader('Tus-Resumable', '1.0.0');
    request.setRequestHeader('Upload-Offset', String(offset));
    request.setRequestHeader('Content-Type', 'application/offset+octet-stream');
    request.upload.onprogress = (event) => onSent(offset + event.loaded);
    request.onerror = fail;
    request.onabort = fail;
    request.onload = () => {
      const id = request.getResponseHeader('lastack-capture');
      if (request.status === 204 && id !== null)
        resolve({ id, isKnown: request.getResponseHeader('lastack-known') === 'yes' });
      else fail();
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(file.slice(offset));
  });
}

/** @param {string} text */
function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
