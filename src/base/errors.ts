/** Exit codes of the command line: 0 done, 1 a bug, 2 wrong usage, 3 nothing readable in the input. */
export type ExitCode = 2 | 3;

/**
 * A mistake of the user, or evidence that cannot be read at all: printed as one line, without a stack.
 * The message says what is wrong and what would be right.
 */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
