import { EventEmitter, once } from 'node:events';
import { basename } from 'node:path';
import type { LogFormats } from './log-format.ts';

const NONE: LogFormats = new Map();

/** One archive's place on the board. */
export interface Ticket {
  /** What an earlier archive of the same host said of its logs; waits for the first one to say it. */
  readonly formats: Promise<LogFormats>;
  publish(this: void, formats: LogFormats): void;
  /** The archive is done, whether it said anything or not. */
  leave(this: void): void;
}

/**
 * Passes the log formats found in the first archive of a host on to the later ones, which hold the settings only
 * now and then. Archives belong together by their name up to the time in it.
 */
export class FormatBoard {
  readonly #groups = new Map<string, Promise<LogFormats>>();

  /** To be called in the order of the archives. */
  enter(path: string): Ticket {
    const group = basename(path).replace(/-\d{8}T\d{6}Z.*$/, '');
    const known = this.#groups.get(group);
    if (known !== undefined) return { formats: known, publish: () => undefined, leave: () => undefined };
    const told = new EventEmitter();
    const first = once(told, 'formats').then(([formats]) => formats as LogFormats);
    const publish = (formats: LogFormats): void => {
      told.emit('formats', formats);
    };
    this.#groups.set(group, first);
    return { formats: Promise.resolve(NONE), publish, leave: () => publish(NONE) };
  }
}
