/** A query of the library (or of the user) that cannot be read, bound or run; names the file and keeps the cause. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly path: string;

  constructor(path: string, message: string, options?: ErrorOptions) {
    super(`${path}: ${message}`, options);
    this.path = path;
  }
}
