import { sealerWith } from '../../src/store/sealing';

const sealer = sealerWith(Buffer.alloc(32, 7));

test('what was sealed opens for the same purpose, and shows nothing of what it is', () => {
  const sealed = sealer.seal('site a', 'a credential');
  expect(sealer.open('site a', sealed)).toBe('a credential');
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
  expect(() => sealer.open(purpose, change(sealer.seal('site a', 'a credential')))).toThrow();
});

function turned(sealed: Buffer, at: number): Buffer {
  const other = Buffer.from(sealed);
  other.writeUInt8(other.readUInt8(at) ^ 1, at);
  return other;
}

test('keys are told apart by what tells nothing of them', () => {
  const other = sealerWith(Buffer.alloc(32, 8));
  expect(sealer.keyId).toMatch(/^[0-9a-f]{12}$/);
  expect([sealerWith(Buffer.alloc(32, 7)).keyId === sealer.keyId, other.keyId === sealer.keyId]).toEqual([
    true,
    false,
  ]);
  expect(() => other.open('site a', sealer.seal('site a', 'x'))).toThrow();
});

test('a key of another length is none', () => {
  expect(() => sealerWith(Buffer.alloc(31))).toThrow(
    'The encryption key has 31 bytes instead of 32; the operator sets another one.',
  );
});
