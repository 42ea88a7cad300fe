/** How a command ends that could not do what was asked: an exit code (DESIGN §5) and one clear line, never a stack. */
import { ApiError } from '../domain/errors';
import { Refused } from '../refused';
import { harmless } from './plain-text';

export const exitCode = { fine: 0, no: 1, usage: 2, failed: 3 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** `facts` are added to the JSON form. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  constructor(
    readonly code: Exclude<ExitCode, 0>,
    message: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export function usageFailure(message: string, facts?: Readonly<Record<string, unknown>>): CommandFailure {
  return new CommandFailure(exitCode.usage, message, facts);
}

export function failed(message: string): CommandFailure {
  return new CommandFailure(exitCode.failed, message);
}

const away = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EPIPE',
]);

/** Whatever was thrown, as one failure that says whose move is next. */
export function failureFrom(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  if (error instanceof Refused) return new CommandFailure(exitCode.no, error.message, error.facts);
  if (error instanceof ApiError) return failed(error.message);
  if (!(error instanceof Error)) return failed(`Something unexpected happened: ${harmless(String(error))}`);
  if (error.name === 'ConfigError' || error.name === 'ConnectError') return failed(error.message);
  if (isAway(error)) {
    return failed(
      `The stack does not answer (${codeOf(error) ?? harmless(error.message)}): is \`npm start\` running? \`doctor\` looks into each part.`,
    );
  }
  return failed(harmless(error.message) || error.name);
}

/** Postgres or Temporal cannot be reached: the driver's own code, or an error of gRPC's transport. */
function isAway(error: Error): boolean {
  const code = codeOf(error);
  return (
    (code !== null && away.has(code)) ||
    error.name === 'TransportError' ||
    /^Failed to connect before the deadline/.test(error.message)
  );
}

function codeOf(error: Error): string | null {
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError)
    return codeOf(error.errors.find((one) => one instanceof Error) ?? new Error());
  return error.cause instanceof Error ? codeOf(error.cause) : null;
}
