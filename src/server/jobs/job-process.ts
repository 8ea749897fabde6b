import { CliError } from '../../base/errors.ts';
import { isNoRoom } from '../server-error.ts';

/** Why a job was not done: `busy`: another program has the case; `no-room`: the disk is full; `refused`: the message says it. */
export type FailureKind = 'busy' | 'no-room' | 'refused' | 'bug';

/** What a job's process sends. */
export type FromJob =
  | { readonly type: 'progress'; readonly progress: unknown }
  | { readonly type: 'result'; readonly result: unknown }
  | { readonly type: 'failed'; readonly kind: FailureKind; readonly message: string };

/** Does the one job that this process was started for; the process ends with it, and with the server. */
export function doJob(body: (job: never, tell: (progress: unknown) => void) => Promise<unknown>): void {
  process.once('disconnect', () => process.exit());
  process.once('message', (job) => {
    const tell = (progress: unknown): void => void process.send?.({ type: 'progress', progress } satisfies FromJob);
    body(job as never, tell)
      .then((result) => last({ type: 'result', result }))
      .catch((error: unknown) => last({ type: 'failed', kind: kindOf(error), message: messageOf(error) }));
  });
}

function last(message: FromJob): void {
  process.send?.(message, () => process.disconnect());
}

function kindOf(error: unknown): FailureKind {
  if (isNoRoom(error) || (error instanceof Error && isNoRoom(error.cause))) return 'no-room';
  if (!(error instanceof CliError)) return 'bug';
  return /in use by another process/.test(error.message) ? 'busy' : 'refused';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
