/** A request that cannot be served, told in one line: what is wrong and what would be right. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly statusCode: number;

  constructor(statusCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.statusCode = statusCode;
  }
}

const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** Whether the disk is full. */
export function isNoRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    NO_ROOM.has((error as NodeJS.ErrnoException).code ?? '') ||
    /no space left|disk quota|not enough space/i.test(error.message)
  );
}

/** What is said when the disk is full. */
export function noRoom(cause?: unknown): ServerError {
  return new ServerError(
    507,
    'the disk of the server is full: nothing was kept of this; send it again when there is room',
    {
      cause,
    },
  );
}
