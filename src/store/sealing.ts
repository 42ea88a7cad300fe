/**
 * Credentials at rest: AES-256-GCM, bound to site and purpose, so that a copied ciphertext opens nowhere else. The row
 * that holds a ciphertext names its key, so that a former one can be told from the newest while keys are exchanged.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

export interface Sealer {
  /** Of the key that seals, the newest. An id tells keys apart without telling anything of the key. */
  readonly keyId: string;
  /** Whether this process has that key. */
  has(keyId: string): boolean;
  seal(purpose: string, secret: string): Buffer;
  /** Throws when it was sealed under another key than that one, for another purpose, or was changed. */
  open(keyId: string, purpose: string, sealed: Buffer): string;
  /** What to say where the key is missing. */
  lacks(keyId: string, what: string): Error;
}

/** Each key is 32 bytes, kept outside the database; the first seals, all of them open. */
export function sealerWith(keys: readonly Buffer[]): Sealer {
  const [newest] = keys;
  if (newest === undefined) throw new Error('There is no encryption key; the operator sets one.');
  for (const { length } of keys) {
    if (length !== 32) {
      throw new Error(`The encryption key has ${length} bytes instead of 32; the operator sets another one.`);
    }
  }
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  const lacks = (keyId: string, what: string) =>
    new Error(
      `${what} with key ${keyId}, and this process has key ${[...byId.keys()].join(', ')}: ` +
        'the operator starts it with the former encryption key too, or connects the site again.',
    );
  return {
    keyId: idOf(newest),
    has: (keyId) => byId.has(keyId),
    lacks,

    seal(purpose, secret) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, newest, iv).setAAD(Buffer.from(purpose));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
    },

    open(keyId, purpose, sealed) {
      const key = byId.get(keyId);
      if (key === undefined) throw lacks(keyId, 'It is sealed');
      const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
      return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}

function idOf(key: Buffer): string {
  return createHash('sha256').update('key id').update(key).digest('hex').slice(0, 12);
}

/** What each ciphertext is bound to. */
export const purposes = {
  credential: (site: string, side: string) => `${site}:${side} credential`,
  hookSecret: (site: string, side: string) => `${site}:${side} webhook secret`,
} as const;
