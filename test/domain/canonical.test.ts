import * as fc from 'fast-check';
import {
  canonicalEmail,
  canonicalText,
  canonicalValue,
  canonicalWebsite,
  isBlank,
  isEmail,
  sameFields,
  sameValue,
} from '../../src/domain/canonical';
import { fieldsOf } from '../../src/domain/record';
import { awkwardText, escape, everyScript, seeded } from './values';

describe('R13 equal values', () => {
  it.each([
    ['name', ' Acme ', 'Acme'],
    ['name', 'Cafe\u0301', 'Café'],
    ['name', '\u200b\u2060', ''],
    ['name', '\u3164', '  '],
    ['name', 'Ac\0me', 'Acme'],
    ['name', 'cut \uD83D', 'cut \uFFFD'],
    ['email', 'Ann@Example.COM', 'ann@example.com'],
    ['email', 'ann@BÜCHER.example', 'ann@xn--bcher-kva.example'],
    ['email', ' ann@example.com\r\n', 'ann@example.com'],
    ['website', 'https://www.Acme.com/', 'acme.com'],
    ['website', 'HTTP://acme.com', '//acme.com/'],
    ['website', 'https://münchen.example/Über', 'xn--mnchen-3ya.example/Über'],
    ['website', 'https://', ''],
    ['alternativeEmails', ['B@x.org', 'a@x.org'], ['a@x.org', 'b@x.org', 'b@X.org', '']],
    ['alternativeEmails', [], ''],
    ['alternativeEmails', 'A@x.org', ['a@x.org']],
    ['name', ['Acme', 'Inc'], 'Acme Inc'],
    ['name', 'é ', 'é'],
    ['website', 'svn+ssh.2-x://acme.com', 'acme.com'],
    ['website', 'acme.com/a//', 'acme.com/a'],
    ['website', 'ACME.com?Team', 'acme.com?Team'],
    ['website', 'ACME.com#Team', 'acme.com#Team'],
    ['website', 'https://bücher.example:8080', 'xn--bcher-kva.example:8080'],
    ['email', 'Ann', 'ann'],
    ['email', '@BÜCHER.example', '@xn--bcher-kva.example'],
  ] as const)('R13 %s: %j is %j', (field, one, other) => {
    expect(sameValue(field, one, other)).toBe(true);
    expect(sameValue(field, other, one)).toBe(true);
  });

  it.each([
    ['name', 'Acme', 'ACME'],
    ['name', 'Acme', 'Ac me'],
    ['name', 'ﬁt', 'fit'],
    ['email', 'ann+a@example.com', 'ann@example.com'],
    ['email', 'a.nn@gmail.com', 'ann@gmail.com'],
    ['email', 'ı@example.com', 'i@example.com'],
    ['website', 'acme.com/Team', 'acme.com/team'],
    ['website', 'acme.com', 'acme.com:8080'],
    ['website', 'acme.com', 'shop.acme.com'],
    ['website', 'www.com', 'com'],
    ['alternativeEmails', ['a@x.org'], []],
    ['alternativeEmails', ['a@x.org', 'b@x.org'], ['a@x.org', 'c@x.org']],
    ['alternativeEmails', ['a@x.org'], ['a@x.org', 'b@x.org']],
    ['website', 'http:/acme.com', 'acme.com'],
    ['website', 'acme.com//x', 'acme.comx'],
    ['website', '127.1', '127.0.0.1'],
    ['email', 'ann@127.1', 'ann@127.0.0.1'],
    ['website', '+x://acme.com', 'acme.com'],
    ['website', 'acme.com//x', 'x'],
    ['website', 'acme.com/a//b', 'acme.com/a'],
    ['website', 'wwwx.acme.com', 'acme.com'],
    ['website', 'shop.www.acme.com', 'shop.acme.com'],
    ['website', 'acme.com?Team', 'acme.com?team'],
    ['website', 'acme.com#Team', 'acme.com#team'],
    ['company', '12', '012'],
  ] as const)('R13 %s: %j is not %j', (field, one, other) => {
    expect(sameValue(field, one, other)).toBe(false);
  });

  it('R13 canonical form is its own canonical form', () => {
    const fields = [...fieldsOf.company, ...fieldsOf.customer];
    fc.assert(
      fc.property(fc.constantFrom(...fields), awkwardText, (field, text) => {
        const once = canonicalValue(field, text);
        expect(canonicalValue(field, once)).toEqual(once);
        expect(sameValue(field, text, once)).toBe(true);
      }),
      seeded(300),
    );
  });

  it('R13 text is canonical after one turn, whatever its script', () => {
    for (const text of everyScript(0x30000)) {
      const once = canonicalText(text);
      if (canonicalText(once) !== once) throw new Error(`${escape(text)} changes again`);
    }
  });

  it('R13 a website of a megabyte of prefixes ends', () => {
    expect(canonicalWebsite('www.a.http://'.repeat(80_000))).toHaveLength(13 * 80_000);
    expect(canonicalWebsite(`${'/'.repeat(2_000)}x`)).toContain('x');
  });

  it('R13 a website of 2,048 characters is shortened, a longer one compared as it is written', () => {
    const path = 'a'.repeat(2_048 - 'http://x.test/'.length);
    expect(canonicalWebsite(`http://x.test/${path}`)).toBe(`x.test/${path}`);
    expect(canonicalWebsite(`http://x.test/${path}a`)).toBe(`http://x.test/${path}a`);
  });

  it.each([' ', '/', '?', '#', '\\', '%', '[', ']', ':8:'])(
    'R13 what no reading takes for one host stays as it is written: bü%sx',
    (sign) => expect(canonicalEmail(`ann@BÜ${sign}x.org`)).toBe(`ann@bü${sign}x.org`),
  );

  it('R8 a field that one side did not read says nothing', () => {
    expect(sameFields('company', { name: 'Acme' }, { name: 'Acme', website: 'acme.com' })).toBe(true);
    expect(sameFields('company', { name: 'Acme', website: 'acme.com' }, { name: ' Acme' })).toBe(true);
    expect(sameFields('company', { name: 'Acme' }, { name: '' })).toBe(false);
  });

  it('R13 an email keeps its local part beyond case', () => {
    expect(canonicalEmail('"O\'Brien"@X.org')).toBe('"o\'brien"@x.org');
    expect(canonicalEmail('no address')).toBe('no address');
  });
});

describe('R9 blank', () => {
  it.each([
    '',
    ' ',
    '\t\n',
    '\u00a0',
    '\u200b',
    '\ufeff',
    '\u2800',
    '\u3164',
    '\0',
    '\u202e\u200f',
    '\u00ad',
  ])('R9 %j is blank', (text) => expect(isBlank(text)).toBe(true));

  it.each(['0', '-', 'null', '.', '\u0301', '\ufffd'])('R9 %j is not blank', (text) =>
    expect(isBlank(text)).toBe(false),
  );

  it('R9 a set of blanks is blank', () => {
    expect(isBlank([])).toBe(true);
    expect(isBlank(['', ' '])).toBe(true);
    expect(isBlank(['', 'a'])).toBe(false);
  });
});

describe('R9 emails that a vendor takes', () => {
  it.each([
    'ann@example.com',
    " Ann.O'Neil+news@mail.example.co.uk ",
    'a..b@docomo.example',
    'jörg@bücher.example',
    'ann@xn--bcher-kva.example',
    '用户@例子.广告',
    `${'a'.repeat(64)}@example.com`,
    `ann@${'a'.repeat(63)}.com`,
    `ann@${'a.'.repeat(123)}info`,
    'ann@1a.b-2.c3',
    'ann@x.1a',
    'ann@हिन्दी.भारत',
  ])('R9 %j', (text) => expect(isEmail(text)).toBe(true));

  it.each([
    '',
    'ann',
    'ann@',
    '@example.com',
    'ann@localhost',
    'ann@@example.com',
    'ann@example.com@example.org',
    'ann b@example.com',
    'ann@exa mple.com',
    'Ann <ann@example.com>',
    'ann@example.com, bob@example.com',
    'ann@example.com;bob@example.com',
    'ann@example.com\r\nBcc: bob@example.com',
    'ann\0@example.com',
    'ann\u200b@example.com',
    'ann＠example.com',
    'ann@127.0.0.1',
    'ann@[127.0.0.1]',
    'ann@example..com',
    'ann@.example.com',
    'ann@example.com.',
    'ann@-example.com',
    'ann@exam/ple.com',
    'ann@example-.com',
    'ann@exam_ple.com',
    'ann@\u0301x.com',
    'ann@x.c',
    'ann@x.12',
    ...Array.from('<>()[]\\,;:"', (sign) => `a${sign}n@example.com`),
    `${'😀'.repeat(33)}@example.com`,
    `ann@${'a.'.repeat(123)}infos`,
    `${'a'.repeat(65)}@example.com`,
    `ann@${'a'.repeat(64)}.com`,
    `ann@${'a.'.repeat(130)}com`,
  ])('R9 not %j', (text) => expect(isEmail(text)).toBe(false));
});
