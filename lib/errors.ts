/** The base of the errors that are this library's own; those of MongoDB are the driver's and pass through unwrapped. */
export class MotorError extends Error {
  /** Stable across releases, for programs to compare with. */
  readonly code: string;

  /** @internal */
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  override get name(): string {
    return 'MotorError';
  }
}

/** Thrown into a generator, at its `yield`, when what it yielded cannot be waited for. Code `ERR_BAD_YIELD`. */
export class BadYieldError extends MotorError {
  /** @internal */
  constructor(message: string) {
    super('ERR_BAD_YIELD', message);
  }

  override get name(): string {
    return 'BadYieldError';
  }
}
