import { cutTo, harmless, padTo, toJson, widthOf } from '../../src/cli/plain-text';

const escape = '\u001b';

test.each([
  ['colour and cursor codes', `${escape}[2J${escape}[31mred`, '�[2J�[31mred'],
  ['a clipboard write', `${escape}]52;c;aGk=\u0007`, '�]52;c;aGk=�'],
  ['a C1 control', 'a\u009b31mb', 'a�31mb'],
  ['bidirectional overrides', 'invoice\u202egnp.exe\u2066', 'invoice�gnp.exe�'],
  ['line ends', 'one\r\ntwo\u2028three', 'one two three'],
  ['half a surrogate pair', 'a\ud83d', 'a�'],
  ['a flood of marks', `a${'\u0301'.repeat(50)}`, `a${'\u0301'.repeat(4)}`],
  ['invisible tags', 'a\u{e0041}b', 'ab'],
  ['what is harmless as it is', 'Łódź 東京 👩‍💻 עברית', 'Łódź 東京 👩‍💻 עברית'],
])('%s is made harmless', (_, text, expected) => {
  expect(harmless(text)).toBe(expected);
});

test.each([
  ['plain', 5],
  ['Łódź', 4],
  ['e\u0301', 1],
  ['東京', 4],
  ['한국', 4],
  ['ﾊﾝｶｸ', 4],
  ['👩‍💻', 2],
  ['❤️', 2],
  ['', 0],
])('%s takes %i columns', (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});

test.each([
  ['fits', 4, 'fits'],
  ['too long', 4, 'too…'],
  ['東京都', 4, '東…'],
  ['👩‍💻👩‍💻👩‍💻', 4, '👩‍💻…'],
])('%s in %i columns is cut between characters', (text, columns, expected) => {
  expect(cutTo(text, columns)).toBe(expected);
});

test('padding counts columns', () => {
  expect([padTo('東', 4), padTo('1', 3, 'right')]).toEqual(['東  ', '  1']);
});

test('JSON holds no character that a terminal obeys, and reads back the same', () => {
  const value = { name: `a${escape}[2J\u009b31m\u202e\u007f\u200b\u2060\u{e0041}` };
  const text = toJson(value);
  expect([
    JSON.parse(text),
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\u2060\u{e0041}]/u.test(text),
  ]).toEqual([value, false]);
});
