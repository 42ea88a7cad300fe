/** R8: which addresses of files are reached, and which addresses of machines count as public. */
import { isIPv6 } from 'node:net';
import { allowedUrl, isPublic } from '../../src/apis/file-addresses';

const rules = {
  siteUrl: 'http://10.0.0.7:8080/desk',
  fileHosts: ['files.test', '.storage.test', '203.0.113.7'],
};

test.each([
  ['a path of the site', '/a.png', 'http://10.0.0.7:8080/a.png'],
  ['the site itself, private as it is', 'http://10.0.0.7:8080/a.png', 'http://10.0.0.7:8080/a.png'],
  ['a listed host', 'https://files.test/a.png', 'https://files.test/a.png'],
  ['a listed host in capitals', 'https://FILES.test/a.png', 'https://files.test/a.png'],
  ['a host below a listed one', 'https://eu.storage.test/a.png', 'https://eu.storage.test/a.png'],
])('R8 %s is reached', (_, address, expected) => {
  expect(allowedUrl(rules, address)?.href).toBe(expected);
});

test.each([
  ['the site on another port', 'http://10.0.0.7:8081/a.png'],
  ['the site by another protocol', 'https://10.0.0.7:8080/a.png'],
  ['a host that is not listed', 'https://evil.test/a.png'],
  ['a host below one that is listed alone', 'https://eu.files.test/a.png'],
  ['a host that only ends like a listed one', 'https://evilstorage.test/a.png'],
  ['the dot’s own host', 'https://storage.test/a.png'],
  ['a listed host without TLS', 'http://files.test/a.png'],
  ['a listed host on another port', 'https://files.test:8443/a.png'],
  ['a number in place of a host, though listed', 'https://203.0.113.7/a.png'],
  ['a user in it', 'https://me@files.test/a.png'],
  ['a password in it', 'https://:secret@files.test/a.png'],
  ['another host by a path', '//evil.test/a.png'],
  ['no address', 'https://'],
])('R8 %s is not', (_, address) => {
  expect(allowedUrl(rules, address)).toBeNull();
});

const publicHere = (address: string) => isPublic({ address, family: isIPv6(address) ? 6 : 4 });

test.each([
  ['this network', '0.0.0.0', '0.255.255.255', [], ['1.0.0.0']],
  ['private, 10/8', '10.0.0.0', '10.255.255.255', ['9.255.255.255'], ['11.0.0.0']],
  ['carriers’ own', '100.64.0.0', '100.127.255.255', ['100.63.255.255'], ['100.128.0.0']],
  ['this machine', '127.0.0.0', '127.255.255.255', ['126.255.255.255'], ['128.0.0.0']],
  ['link-local', '169.254.0.0', '169.254.255.255', ['169.253.255.255'], ['169.255.0.0']],
  ['private, 172.16/12', '172.16.0.0', '172.31.255.255', ['172.15.255.255'], ['172.32.0.0']],
  ['protocols’ own', '192.0.0.0', '192.0.0.255', ['191.255.255.255'], ['192.0.1.0']],
  ['private, 192.168/16', '192.168.0.0', '192.168.255.255', ['192.167.255.255'], ['192.169.0.0']],
  ['benchmarks', '198.18.0.0', '198.19.255.255', ['198.17.255.255'], ['198.20.0.0']],
  ['multicast and reserved', '224.0.0.0', '255.255.255.255', ['223.255.255.255'], []],
])('R8 %s is not public, from its first address to its last', (_, first, last, before, after) => {
  expect([first, last].map(publicHere)).toEqual([false, false]);
  expect([...before, ...after].every(publicHere)).toBe(true);
});

test.each([
  ...[
    '::',
    '::1',
    '::ffff:198.51.100.1',
    '64:ff9b::a00:1',
    '1fff:ffff::',
    '4000::',
    '6000::',
    '8000::',
    'a000::',
  ],
  ...['c000::', 'e000::', 'fc00::1', 'fe80::1', 'ff02::1', 'ffff::'],
])('R8 %s is not public', (address) => {
  expect(publicHere(address)).toBe(false);
});

test.each(['2000::', '2606:4700::1111', '3fff:ffff::'])('R8 %s is public', (address) => {
  expect(publicHere(address)).toBe(true);
});
