/** What people write of a site and of a company: what is taken, and what is answered in words instead. */
import { readDomains, readPastDate, readSiteName, readSiteUrl, type Reading } from '../src/site-forms';

function said<T>(reading: Reading<T>): T | string {
  return 'value' in reading ? reading.value : reading.problem;
}

test.each(['a', 'acme', '1-acme', 'a'.repeat(63)])('%s is the name of a site', (name) => {
  expect(readSiteName(name)).toEqual({ value: name });
});

test.each(['', '-acme', 'Acme', 'acme.eu', 'a/b', ' acme', 'acme\n', 'a'.repeat(64)])(
  '%j is none',
  (name) => {
    expect(said(readSiteName(name))).toBe('The name of a site is up to 63 of a-z, 0-9 and "-".');
  },
);

test.each([
  ['https://acme.teamwork.com', 'https://acme.teamwork.com'],
  ['https://acme.teamwork.com:8443/', 'https://acme.teamwork.com:8443'],
  ['http://localhost:4100', 'http://localhost:4100'],
  ['http://sandbox', 'http://sandbox'],
  ['http://127.0.0.1:4100', 'http://127.0.0.1:4100'],
  ['http://127.1.22.133', 'http://127.1.22.133'],
  ['http://[::1]:4100', 'http://[::1]:4100'],
])('%s is where credentials may go', (text, origin) => {
  expect(said(readSiteUrl(text))).toBe(origin);
});

test.each([
  'http://acme.teamwork.com',
  'http://127.0.0.1.evil.example',
  'http://evil.127.0.0.1.example',
  'http://10.0.0.1',
  'http://[::2]',
  'http://[2001:db8::1]',
])('%s is not: it is not near, and has no TLS', (text) => {
  expect(said(readSiteUrl(text))).toBe('Expected https, for credentials are sent there.');
});

test.each([
  'acme',
  'ftp://acme.teamwork.com',
  'xhttps://acme.teamwork.com/',
  'https+x://acme.teamwork.com',
  'https://acme.teamwork.com/desk',
  'https://acme.teamwork.com/?a=1',
  'https://acme.teamwork.com/#a',
  'https://me@acme.teamwork.com',
])('%s is no address of a site', (text) => {
  expect(said(readSiteUrl(text))).toBe(
    'Expected the address of the site, such as https://acme.teamwork.com.',
  );
});

test.each([
  ['2024-01-31', '2024-01-31T00:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['2024-01-31T10:00:00+02:00', '2024-01-31T08:00:00.000Z'],
])('%s is a day or a time of one', (text, expected) => {
  expect(said(readPastDate(text))).toBe(expected);
});

test.each([
  '',
  '31 January 2024',
  '2024-02-30',
  '2024-13-01',
  '2024-01-31T',
  '2024-01-31Tnoon',
  'x2024-01-31',
  ' 2024-01-31',
  '2024-01-31 ',
  '2024-01-31x',
])('%j is none', (text) => {
  expect(said(readPastDate(text))).toBe('Expected a date such as 2024-01-31.');
});

test('what is still to come is no past date', () => {
  expect(said(readPastDate('9999-01-01'))).toBe('This date lies in the future.');
});

test('domains are taken in small letters, each once', () => {
  expect(
    said(readDomains([' Acme.example', 'acme.EXAMPLE ', '*.acme.example', '*acme.example', 'a.b.c'])),
  ).toEqual(['acme.example', '*.acme.example', '*acme.example', 'a.b.c']);
});

test.each([
  'acme',
  'acme.',
  '.acme',
  'a@acme.example',
  'acme.example/a',
  'a cme.example',
  'a*.acme.example*/',
])('%s is no domain', (domain) => {
  expect(said(readDomains(['acme.example', domain]))).toBe(
    'Expected domains such as acme.example, with commas between.',
  );
});
