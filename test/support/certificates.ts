/** Certificates for a test: an authority of its own, and what it vouches for. Files, as an operator would have them. */
import { createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Issued {
  readonly certFile: string;
  readonly keyFile: string;
}

interface Issuer {
  readonly name: string;
  readonly key: KeyObject;
}

/** One value of ASN.1, in DER. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const bits = (content: Buffer) => der(0x03, Buffer.from([0]), content);
const utf8 = (text: string) => der(0x0c, Buffer.from(text));
const time = (at: Date) => der(0x18, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, '')));
/** Common name alone. */
const named = (name: string) => sequence(der(0x31, sequence(oid('550403'), utf8(name))));
const yes = der(0x01, Buffer.from([0xff]));
const extension = (id: string, ...value: readonly Buffer[]) => sequence(oid(id), der(0x04, ...value));

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const day = 86_400_000;

interface Wanted {
  readonly isAuthority?: boolean;
  readonly issuer?: Issuer;
  /** The host that it vouches for, beside 127.0.0.1. */
  readonly host?: string;
  readonly expired?: boolean;
}

function issue(
  folder: string,
  subject: string,
  { isAuthority = false, issuer, host = 'localhost', expired = false }: Wanted,
): Issued & Issuer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const by = issuer ?? { name: subject, key: privateKey };
  const extensions = isAuthority
    ? [sequence(oid('551d13'), yes, der(0x04, sequence(yes)))]
    : [
        extension('551d13', sequence()),
        // Serves and is served: a server's and a client's certificate in one.
        extension('551d25', sequence(oid('2b06010505070301'), oid('2b06010505070302'))),
        extension('551d11', sequence(der(0x82, Buffer.from(host)), der(0x87, Buffer.from([127, 0, 0, 1])))),
      ];
  const now = Date.now() - (expired ? 2 * day : 0);
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    named(by.name),
    sequence(time(new Date(now - day)), time(new Date(now + day))),
    named(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const certificate = sequence(
    content,
    ecdsaWithSha256,
    bits(createSign('sha256').update(content).sign(by.key)),
  );
  const certFile = join(folder, `${subject}.pem`);
  const keyFile = join(folder, `${subject}.key`);
  const lines = certificate.toString('base64').replace(/.{1,64}/g, '$&\n');
  writeFileSync(certFile, `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`);
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return { certFile, keyFile, name: subject, key: privateKey };
}

export function authorityIn(folder: string, name: string) {
  const authority = issue(folder, name, { isAuthority: true });
  return {
    certFile: authority.certFile,
    /** Vouches for `localhost` and 127.0.0.1 unless told otherwise. */
    issue: (subject: string, wanted: Pick<Wanted, 'host' | 'expired'> = {}): Issued =>
      issue(folder, subject, { ...wanted, issuer: authority }),
  };
}
