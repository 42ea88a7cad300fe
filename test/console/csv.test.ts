import { csvLine } from '../../src/console/csv';

describe('a line of CSV', () => {
  test.each([
    ['plain', 'Acme', '"Acme"'],
    ['a sum further in', 'a =1', '"a =1"'],
    ['quotes', 'The "Best"', '"The ""Best"""'],
    ['a line end', 'a\nb', '"a\nb"'],
    ['a formula', '=HYPERLINK("http://evil")', `"'=HYPERLINK(""http://evil"")"`],
    ['a sum', '+1', `"'+1"`],
    ['a minus', '-1', `"'-1"`],
    ['an at sign', '@SUM(A1)', `"'@SUM(A1)"`],
    ['a hidden formula', ' \t=1', `"' \t=1"`],
  ])('%s', (_what, text, expected) => {
    expect(csvLine([text])).toBe(`${expected}\r\n`);
  });
});

test('the cells of a line stand apart', () => {
  expect(csvLine(['a', '=b', ''])).toBe(`"a","'=b",""\r\n`);
});
