/** R8: what a file host’s name leads to is looked at as a whole when the connection is made. */
import dns, { type LookupAddress } from 'node:dns';
import { fetchPicture, FileUnavailable } from '../../src/apis/pictures';

const rules = { siteUrl: 'http://127.0.0.1:9', fileHosts: ['files.test'], timeoutMs: 2_000 };

function leadingTo(...addresses: readonly string[]): void {
  const found: LookupAddress[] = addresses.map((address) => ({ address, family: 4 }));
  const lookup = (_host: string, _options: object, done: (error: null, all: LookupAddress[]) => void) =>
    done(null, found);
  jest.spyOn(dns, 'lookup').mockImplementation(lookup as unknown as typeof dns.lookup);
}

afterEach(() => jest.restoreAllMocks());

test.each([
  ['a private address', ['127.0.0.1']],
  ['a private address beside a public one', ['127.0.0.1', '198.51.100.1']],
  ['a public address beside a private one', ['198.51.100.1', '10.0.0.7']],
  ['no address', []],
])('R8 a listed host that leads to %s is not reached', async (_what, addresses) => {
  leadingTo(...addresses);
  expect(await fetchPicture(rules, 'https://files.test/a.png')).toBeNull();
});

test('R8 a name that nobody can look up just now is asked for again', async () => {
  const failing = (_host: string, _options: object, done: (error: Error, all: []) => void) =>
    done(new Error('away'), []);
  jest.spyOn(dns, 'lookup').mockImplementation(failing as unknown as typeof dns.lookup);
  await expect(fetchPicture(rules, 'https://files.test/a.png')).rejects.toThrow(FileUnavailable);
});

test('R8 only the site itself may have a private address, not a listed host below it', async () => {
  leadingTo('127.0.0.1');
  const below = { ...rules, siteUrl: 'http://files.test:9', fileHosts: ['.files.test'] };
  expect(await fetchPicture(below, 'https://eu.files.test/a.png')).toBeNull();
});
