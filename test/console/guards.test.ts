/** What stands before signing in, by itself: passwords, and the names of browsers. */
import { dictionary } from '@zxcvbn-ts/language-common';
import { browserNamed } from '../../src/console/browser-name';
import { hashPassword, isPassword, passwordProblem } from '../../src/console/passwords';

const phrase = 'four words in a row';

test.each([
  ['eleven', 'abcdefghijk', 'A password has at least 12 characters.'],
  ['twelve', 'wrxkvbqzthmp', null],
  ['two hundred', `${phrase}${' '.repeat(200 - phrase.length)}`, null],
  ['more', `${phrase}${' '.repeat(201 - phrase.length)}`, 'A password has at most 200 characters.'],
  ['twelve of four sorts', 'abcdabcdabcd', 'The password repeats a few characters only; choose another one.'],
  ['twelve of five sorts', 'qxzqjvxjzqvz', null],
])('a password of %s characters', (_, password, expected) => {
  expect(passwordProblem(password, [])).toBe(expected);
});

test.each([
  ...['password1234', 'P@ssw0rd1234', 'Password12345!', 'iloveyou2024!', 'letmeinletmein'],
  ...['qwertyuiop12', '1qaz2wsx3edc', 'abcdefghijkl', '123456789012', 'hunter2hunter2hunter2'],
  ...['Grace Hopper', 'teamwork-desk', 'gracehopper1', 'drowssap4321'],
])('%s is commonly known, or much like what is', (password) => {
  expect(passwordProblem(password, ['Grace Hopper'])).toMatch(/commonly known; a few words in a row/);
});

test.each([
  phrase,
  'correct horse battery staple',
  'xK9#mQ2$vL7p',
  'ein paar Wörter am Stück',
  '长长的一句话没有人会猜到的',
])('%s is not', (password) => {
  expect(passwordProblem(password, ['Grace Hopper'])).toBeNull();
});

test('each of the 300 commonly known ones of that length is refused', () => {
  const known = dictionary['passwords-common'].filter(({ length }) => length >= 12 && length <= 200);
  expect(known.length).toBeGreaterThan(300);
  expect(known.filter((password) => passwordProblem(password, []) === null)).toEqual([]);
});

test('a password is kept with a salt of its own, and is right in every form of its characters', async () => {
  const stored = await hashPassword('Cafe\u0301 au lait, s’il te plaît');
  expect(stored).toMatch(/^scrypt:[A-Za-z0-9+/]{22}==:[A-Za-z0-9+/]{43}=$/);
  expect(await hashPassword('Cafe\u0301 au lait, s’il te plaît')).not.toBe(stored);
  expect(await isPassword('Caf\u00e9 au lait, s’il te plaît', stored)).toBe(true);
  expect(await isPassword('cafe au lait, s’il te plaît', stored)).toBe(false);
});

test('of many passwords at the same moment so many are tried, the rest is refused, and then it goes on', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 40 }, () => isPassword('wrong', null)));
  const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
  expect(refused).toHaveLength(40 - 22);
  expect(new Set(refused.map(({ name }) => name))).toEqual(new Set(['TooManyPasswords']));
  expect(await isPassword(phrase, await hashPassword(phrase))).toBe(true);
});

test('nobody signs in where no password is kept', async () => {
  expect(await isPassword('', null)).toBe(false);
});

test.each([
  ['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  [
    'Chrome on Windows',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  ],
  [
    'Edge on Windows',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
  ],
  [
    'Safari on macOS',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
  ],
  [
    'Safari on iOS',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  ],
  [
    'Chrome on Android',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  ],
  [null, 'curl/8.0'],
  [null, '<script>alert(1)</script>'],
  [null, undefined],
])('a session is named %s', (name, agent) => {
  expect(browserNamed(agent)).toBe(name);
});
