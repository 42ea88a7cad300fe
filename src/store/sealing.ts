/** Credentials at rest: AES-256-GCM, bound to site and purpose, so that a copied ciphertext opens nowhere else. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

export interface Sealer {
  /** Tells keys apart without telling anything of the key. */
  readonly keyId: string;
  seal(purpose: string, secret: string): Buffer;
  /** Throws when it was sealed under another key, for another purpose, or was changed. */
  open(purpose: string, sealed: Buffer): string;
}

/** `key` is 32 bytes, kept outside the database. */
export function sealerWith(key: Buffer): Sealer {
  if (key.length !== 32) {
    throw new Error(
      `The encryption key has ${key.length} bytes instead of 32; the operator sets another one.`,
    );
  }
  return {
    keyId: createHash('sha256').update('key id').update(key).digest('hex').slice(0, 12),

    seal(purpose, secret) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(purpose));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
    },

    open(purpose, sealed) {
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
