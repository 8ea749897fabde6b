import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { constants, createGunzip, type ZlibOptions } from 'node:zlib';
import type { ByteBudget } from './byte-budget.ts';

const READ_CHUNK_BYTES = 256 * 1024;
/** Each chunk is a trip to another thread and a buffer of its own: small ones cost more than large ones. */
const GUNZIP_CHUNK_BYTES = 1024 * 1024;
/** A tar archive ends in two such blocks of zeros, so that nothing of value is lost in the last one. */
const SALVAGE_CHUNK_BYTES = 512;

/**
 * The bytes of a gzip file, all its members one after the other. On damage it gives what came before and then throws zlib's
 * error; on too much, a LimitError.
 */
export async function* gunzipFile(path: string, budget: ByteBudget): AsyncGenerator<Uint8Array> {
  let delivered = 0;
  try {
    for await (const chunk of gunzip(path, { chunkSize: GUNZIP_CHUNK_BYTES }, (bytes) => budget.addPacked(bytes))) {
      budget.addUnpacked(chunk.length);
      delivered += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (isZlibError(error)) yield* salvage(path, budget, delivered);
    throw error;
  }
}

/** Whether the compressed data is to blame. */
export function isZlibError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

/**
 * What lies between `from` and the damage. A call of zlib that fails drops what it has put out, and in calls of a megabyte
 * that is a whole small capture: once more, in small ones.
 */
async function* salvage(path: string, budget: ByteBudget, from: number): AsyncGenerator<Uint8Array> {
  const options = {
    chunkSize: SALVAGE_CHUNK_BYTES,
    highWaterMark: SALVAGE_CHUNK_BYTES,
    finishFlush: constants.Z_SYNC_FLUSH,
  };
  let at = 0;
  try {
    for await (const chunk of gunzip(path, options, () => undefined)) {
      const before = at;
      at += chunk.length;
      if (at <= from) continue;
      const rest = chunk.subarray(Math.max(0, from - before));
      budget.addUnpacked(rest.length);
      yield rest;
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
  }
}

function gunzip(path: string, options: ZlibOptions, onPacked: (bytes: number) => void): AsyncIterable<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: READ_CHUNK_BYTES });
  file.on('data', (chunk) => onPacked(chunk.length));
  const unpacked = createGunzip(options);
  pipeline(file, unpacked, () => undefined);
  return unpacked;
}
