/** The forms that a variable of the environment can have, each with what is expected of it in words. */
import { z } from 'zod';
import { contentsOf } from './config-secrets';

export interface Variable<T> {
  readonly name: string;
  readonly meaning: string;
  /** Of the text in the environment; undefined where unset means something of its own. */
  readonly default: string | undefined;
  readonly secret: boolean;
  readonly read: z.ZodType<T>;
}

export function usual<T>(
  name: string,
  value: string,
  read: z.ZodType<T>,
  meaning: string,
  options = { secret: false },
) {
  return { name, meaning, default: value, secret: options.secret, read } satisfies Variable<T>;
}

export function optional<T>(name: string, read: z.ZodType<T>, meaning: string, options = { secret: false }) {
  return {
    name,
    meaning,
    default: undefined,
    secret: options.secret,
    read: read.optional(),
  } satisfies Variable<T | undefined>;
}

export function text() {
  return z.string().min(1, 'expected some text');
}

export function whole(least: number, most: number, what: string) {
  const expected = `expected ${what}: a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d+$/, expected)
    .transform(Number)
    .refine((value) => value >= least && value <= most, expected);
}

export function urlOf(protocols: readonly string[], example: string) {
  return z
    .string()
    .refine((value) => protocols.includes(protocolOf(value)), `expected an address such as ${example}`);
}

/** Without the slash at its end, so that paths can be put after it. */
export function httpUrl(example: string) {
  return urlOf(['http:', 'https:'], example)
    .refine((value) => !value.includes('@'), `expected no user or password in it: ${example}`)
    .transform((value) => value.replace(/\/+$/, ''));
}

function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : '';
}

/** A path; what lies there is checked now and read by whoever needs it. */
export function pemFile(label: RegExp, what: string) {
  const expected = `expected the path of ${what} in PEM form`;
  return z.string().refine((path) => label.test(contentsOf(path) ?? ''), expected);
}

/** One or several, with commas or blanks between them. */
export function keys() {
  return z
    .string()
    .transform((value) =>
      value
        .split(/[\s,]+/)
        .filter((one) => one !== '')
        .map((one) => Buffer.from(one, /^[0-9a-f]{64}$/i.test(one) ? 'hex' : 'base64')),
    )
    .refine(
      (all) => all.length > 0 && all.every(({ length }) => length === 32),
      'expected 32 bytes as base64 or hex, as `openssl rand -base64 32` makes',
    );
}

/** A value as its variable's form reads it. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return Buffer.isBuffer(value) ? value.toString('base64') : String(value);
}
