/** B1: signatures by published vectors: RFC 4231, whose keys are as text what a secret is. */
import { isSigned } from '../../src/bridge/signature';

/** Test cases 1, 2 and 4 of the RFC, with keys that are text. */
const vectors = [
  {
    secret: '\x0b'.repeat(20),
    body: Buffer.from('Hi There'),
    signature: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  },
  {
    secret: 'Jefe',
    body: Buffer.from('what do ya want for nothing?'),
    signature: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  {
    secret: Buffer.from('0102030405060708090a0b0c0d0e0f10111213141516171819', 'hex').toString('latin1'),
    body: Buffer.alloc(50, 0xcd),
    signature: '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  },
];

describe.each(vectors)('of $body.length bytes', ({ secret, body, signature }) => {
  test('is right by the current and by the previous secret', () => {
    expect(isSigned(body, signature, { current: secret, previous: null })).toBe(true);
    expect(isSigned(body, signature, { current: 'a new one', previous: secret })).toBe(true);
  });

  test('is wrong by any other secret', () => {
    expect(isSigned(body, signature, { current: `${secret}x`, previous: null })).toBe(false);
    expect(isSigned(body, signature, { current: 'one', previous: 'another' })).toBe(false);
  });

  test('is wrong with any one digit changed', () => {
    for (let at = 0; at < signature.length; at++) {
      const digit = signature[at] === '0' ? '1' : '0';
      const changed = signature.slice(0, at) + digit + signature.slice(at + 1);
      expect(isSigned(body, changed, { current: secret, previous: null })).toBe(false);
    }
  });

  test('is wrong over any one byte more, less or other', () => {
    for (const other of [
      Buffer.concat([body, Buffer.from(' ')]),
      body.subarray(1),
      Buffer.concat([Buffer.from([body[0] === 0 ? 1 : 0]), body.subarray(1)]),
      Buffer.alloc(0),
    ]) {
      expect(isSigned(other, signature, { current: secret, previous: null })).toBe(false);
    }
  });

  test.each([
    ['in capitals', signature.toUpperCase()],
    ['in base64', Buffer.from(signature, 'hex').toString('base64')],
    ['with what some vendors put before it', `sha256=${signature}`],
    ['with a space', ` ${signature}`],
    ['with a line after it', `${signature}\n`],
    ['twice', [signature, signature]],
    ['as bytes', Buffer.from(signature)],
    ['missing', undefined],
    ['empty', ''],
  ])('is none %s', (_form, given) => {
    expect(isSigned(body, given, { current: secret, previous: null })).toBe(false);
  });
});
