/** Passwords as they are kept: scrypt with a salt of its own (OWASP's parameters: N 2^17, r 8, p 1). */
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { isGuessable } from './guessable-password';

const derive = promisify(
  scrypt as (
    password: string,
    salt: Buffer,
    length: number,
    options: ScryptOptions,
    done: (error: Error | null, key: Buffer) => void,
  ) => void,
);

const options = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;
const keyBytes = 32;
const saltBytes = 16;

/** Each takes 128 MiB for a while, and one of the four threads that look up names and read files too. */
const atOnce = 2;
const mostWaiting = 20;
let atWork = 0;
const waiting: (() => void)[] = [];

/** More come than can be told apart from an attack; whoever has a session or a link is not stopped by it. */
export class TooManyPasswords extends Error {
  override readonly name = 'TooManyPasswords';
  readonly statusCode = 429;
}

async function keyOf(password: string, salt: Buffer): Promise<Buffer> {
  if (atWork < atOnce) atWork++;
  else if (waiting.length < mostWaiting) await new Promise<void>((go) => waiting.push(go));
  else throw new TooManyPasswords('Too many passwords are tried at the same moment.');
  try {
    return await derive(password.normalize('NFKC'), salt, keyBytes, options);
  } finally {
    const next = waiting.shift();
    if (next === undefined) atWork--;
    else next();
  }
}

export const leastLength = 12;
export const mostLength = 200;

/** Why the password is not taken; null when it is. `own`: words that stand for whoever sets it. */
export function passwordProblem(password: string, own: readonly string[]): string | null {
  if (password.length < leastLength) return `A password has at least ${leastLength} characters.`;
  if (password.length > mostLength) return `A password has at most ${mostLength} characters.`;
  if (new Set(password).size < 5) return 'The password repeats a few characters only; choose another one.';
  return isGuessable(password, own)
    ? 'This password, or one much like it, is commonly known; a few words in a row are a better one.'
    : null;
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await keyOf(password, salt);
  return `scrypt:${salt.toString('base64')}:${key.toString('base64')}`;
}

/** `stored` null: nobody of that name may sign in; it takes as long all the same, so that names cannot be found out. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, salt = '', key = ''] = stored?.split(':') ?? [];
  const expected = stored === null ? randomBytes(keyBytes) : Buffer.from(key, 'base64');
  const given = await keyOf(password, Buffer.from(salt, 'base64'));
  return timingSafeEqual(given, expected);
}
