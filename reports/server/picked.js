// What was dropped or picked, as the files to send: archives as they are, what else lies in a folder as one archive.

import { tarOf } from './tar.js';

const ARCHIVE = /\.(?:tar(?:\.(?:gz|xz|bz2|zst))?|tgz|txz|tbz2?)$/i;

/** @typedef {{path: string, file: File}} Found */

/**
 * The files of a drop; the items have to be asked before the event is over.
 * @param {DataTransfer} transfer
 * @returns {Promise<Found[]>}
 */
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const lists = await Promise.all(entries.map((entry) => below(entry)));
  return lists.flat();
}

/**
 * @param {Iterable<File>} files
 * @returns {Found[]}
 */
export function picked(files) {
  return [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/**
 * @param {readonly Found[]} found
 * @returns {File[]}
 */
export function toSend(found) {
  const archives = found.filter(({ path }) => ARCHIVE.test(path)).map(({ file }) => file);
  /** @type {Map<string, Found[]>} */
  const folders = new Map();
  for (const one of found) {
    if (ARCHIVE.test(one.path)) continue;
    const top = one.path.includes('/') ? (one.path.split('/')[0] ?? '') : '';
    folders.set(top, [...(folders.get(top) ?? []), one]);
  }
  const packed = [...folders].map(([top, files]) => {
    const [only] = files;
    return files.length === 1 && top === '' && only ? only.file : tarOf(files, `${top || 'files'}.tar`);
  });
  return [...archives, ...packed];
}

/**
 * @param {FileSystemEntry} entry
 * @returns {Promise<Found[]>}
 */
async function below(entry) {
  const path = entry.fullPath.replace(/^\//, '');
  // Chromium has no global FileSystemFileEntry that an entry could be an instance of.
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) =>
      /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject),
    );
    return [{ path, file }];
  }
  if (!entry.isDirectory) return [];
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  /** @type {FileSystemEntry[]} */
  const entries = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    entries.push(...some);
  }
  const lists = await Promise.all(entries.map((one) => below(one)));
  return lists.flat();
}
