import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { FailureKind, FromJob } from './job-process.ts';

/** A job that was not done. `crash`: its process died or was ended; `slow`: it took too long. */
export class JobError extends Error {
  override readonly name = 'JobError';
  readonly kind: FailureKind | 'crash' | 'slow';

  constructor(kind: FailureKind | 'crash' | 'slow', message: string) {
    super(message);
    this.kind = kind;
  }
}

/** A process that does one kind of job. */
export interface JobKind<TJob, TProgress, TResult> {
  readonly entry: URL;
  /** What goes in and comes out; there is no such value. */
  readonly messages?: readonly [TJob, TProgress, TResult];
}

export interface JobRun<TProgress> {
  /** Memory of the process's own objects, in MB; DuckDB's comes on top. */
  readonly heapMb: number;
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: TProgress) => void;
}

const WORDS_KEPT = 2000;

/** Runs a job in a process of its own, so that neither its work nor its end is felt by the server. Throws a JobError. */
export async function runJob<TJob, TProgress, TResult>(
  kind: JobKind<TJob, TProgress, TResult>,
  job: TJob,
  { heapMb, timeoutMs, signal, onProgress }: JobRun<TProgress>,
): Promise<TResult> {
  if (signal.aborted) throw new JobError('crash', 'the server is stopping');
  const child = fork(kind.entry, {
    execArgv: [`--max-old-space-size=${heapMb}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
  });
  const kill = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  let slow = false;
  const timer =
    timeoutMs === undefined
      ? null
      : setTimeout(() => {
          slow = true;
          kill();
        }, timeoutMs);
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-WORDS_KEPT);
  });
  const answers: Exclude<FromJob, { type: 'progress' }>[] = [];
  child.on('message', (message: FromJob) => {
    if (message.type === 'progress') onProgress?.(message.progress as TProgress);
    else answers.push(message);
  });
  try {
    child.send(job as object, () => undefined);
    const [code, ended] = (await once(child, 'close')) as [number | null, string | null];
    const said = answers[0];
    if (said?.type === 'result') return said.result as TResult;
    if (said !== undefined) throw new JobError(said.kind, said.message);
    throw new JobError(slow ? 'slow' : 'crash', [ended ?? `exit ${code}`, ...lastLine(words)].join(': '));
  } finally {
    if (timer !== null) clearTimeout(timer);
    signal.removeEventListener('abort', kill);
  }
}

/** What a process that died said why: its error, else its last words. */
function lastLine(words: string): readonly string[] {
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  const said = lines.findLast((line) => /^\w*(?:Error|FATAL ERROR)\b/.test(line)) ?? lines.at(-1);
  return said === undefined ? [] : [said.trim()];
}
