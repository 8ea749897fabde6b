// A folder's files as one tar archive, made of pieces that the browser reads only when they are sent.

const BLOCK = 512;
const encoder = new TextEncoder();

/**
 * @param {readonly {path: string, file: File}[]} files
 * @param {string} name
 */
export function tarOf(files, name) {
  /** @type {BlobPart[]} */
  const parts = [];
  for (const { path, file } of files) {
    const modified = Math.floor(file.lastModified / 1000);
    if (encoder.encode(path).length > 100) {
      const record = paxRecord('path', path);
      parts.push(header('PaxHeader', record.length, modified, 'x'), record, padding(record.length));
    }
    parts.push(header(path, file.size, modified, '0'), file, padding(file.size));
  }
  parts.push(new Uint8Array(2 * BLOCK));
  const last = Math.max(...files.map(({ file }) => file.lastModified));
  return new File(parts, name, { lastModified: last });
}

/**
 * @param {string} path
 * @param {number} size
 * @param {number} modified
 * @param {string} type
 */
function header(path, size, modified, type) {
  const block = new Uint8Array(BLOCK);
  /** @type {(at: number, text: string | Uint8Array) => void} */
  const put = (at, text) => block.set(typeof text === 'string' ? encoder.encode(text) : text, at);
  put(0, encoder.encode(path).slice(0, 100));
  put(100, '0000644\0');
  put(108, '0000000\0');
  put(116, '0000000\0');
  put(124, `${size.toString(8).padStart(11, '0')}\0`);
  put(136, `${modified.toString(8).padStart(11, '0')}\0`);
  put(148, '        ');
  put(156, type);
  put(257, 'ustar\x0000');
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return block;
}

/**
 * `LENGTH key=value`, where the length counts itself.
 * @param {string} key
 * @param {string} value
 */
function paxRecord(key, value) {
  const rest = encoder.encode(` ${key}=${value}\n`).length;
  let length = rest;
  while (String(length).length + rest !== length) length = String(length).length + rest;
  return encoder.encode(`${length} ${key}=${value}\n`);
}

/** @param {number} size */
function padding(size) {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}
