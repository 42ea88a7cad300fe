/** What is sealed, by itself: no database. */
import { purposes, sealerWith } from '../../src/store/sealing';

const [newest, former] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
const sealer = sealerWith([newest, former]);
const opened = (purpose: string, sealed: Buffer) => sealer.open(sealer.keyId, purpose, sealed);

test('what was sealed opens for the same purpose, and shows nothing of what it is', () => {
  const sealed = sealer.seal('site a', 'a credential');
  expect(opened('site a', sealed)).toBe('a credential');
  expect([sealed.length, sealed.includes('credential')]).toEqual([12 + 16 + 12, false]);
  expect(sealer.seal('site a', 'a credential').equals(sealed)).toBe(false);
});

test.each([
  ['another purpose', 'site b', (sealed: Buffer) => sealed],
  ['another nonce', 'site a', (sealed: Buffer) => turned(sealed, 0)],
  ['another tag', 'site a', (sealed: Buffer) => turned(sealed, 12)],
  ['other content', 'site a', (sealed: Buffer) => turned(sealed, 28)],
  ['a tag cut short', 'site a', (sealed: Buffer) => sealed.subarray(0, 20)],
])('it does not open with %s', (_, purpose, change) => {
  expect(() => opened(purpose, change(sealer.seal('site a', 'a credential')))).toThrow();
});

test('nothing, sealed, does not open with its tag cut short', () => {
  const sealed = sealer.seal('site a', '');
  expect(opened('site a', sealed)).toBe('');
  expect(() => opened('site a', sealed.subarray(0, 12 + 4))).toThrow();
});

test('the id of a key stands in rows, and is what it always was', () => {
  expect(sealer.keyId).toBe('8f246a65b6e4');
});

function turned(sealed: Buffer, at: number): Buffer {
  const other = Buffer.from(sealed);
  other.writeUInt8(other.readUInt8(at) ^ 1, at);
  return other;
}

test('the newest key seals, a former one still opens what it sealed', () => {
  const before = sealerWith([former]);
  const sealed = before.seal('site a', 'x');
  expect(sealer.open(before.keyId, 'site a', sealed)).toBe('x');
  expect(() => opened('site a', sealed)).toThrow();
  expect(sealerWith([newest]).keyId).toBe(sealer.keyId);
});

test('keys are told apart by what tells nothing of them', () => {
  expect(sealer.keyId).toMatch(/^[0-9a-f]{12}$/);
  const other = sealerWith([former]);
  expect([sealer.has(sealer.keyId), sealer.has(other.keyId), other.has(sealer.keyId)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(() => other.open(sealer.keyId, 'site a', sealer.seal('site a', 'x'))).toThrow(
    `It is sealed with key ${sealer.keyId}, and this process has key ${other.keyId}: the operator starts it with the former encryption key too, or connects the site again.`,
  );
  expect(sealer.lacks('abc', 'A hook').message).toContain(`has key ${sealer.keyId}, ${other.keyId}: `);
});

test('no key is none, and one of another length neither', () => {
  expect(() => sealerWith([])).toThrow('There is no encryption key; the operator sets one.');
  expect(() => sealerWith([newest, Buffer.alloc(31)])).toThrow(
    'The encryption key has 31 bytes instead of 32; the operator sets another one.',
  );
});

test('each ciphertext is bound to its site, its side and what it is', () => {
  expect([purposes.credential('acme', 'desk'), purposes.hookSecret('acme', 'desk')]).toEqual([
    'acme:desk credential',
    'acme:desk webhook secret',
  ]);
});
