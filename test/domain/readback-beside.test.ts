/** What stands beside what was written, when a record is read back. */
import { blanksThatAgree, newsBesides } from '../../src/domain/readback';
import type { Fields } from '../../src/domain/record';

describe('R10 a field that was not sent', () => {
  const news = (before: Fields | null, after: Fields) =>
    newsBesides({
      kind: 'customer',
      sent: { firstName: 'Ann' },
      before,
      after: { firstName: 'Ann', ...after },
    });

  it('R10 I6 another value than the decision knew is an edit, which a write beside it does not swallow', () => {
    expect(news({ lastName: 'Ba' }, { lastName: 'Bo' })).toBe(true);
    expect(news(null, { twitter: 'ann' })).toBe(true);
  });

  it('R8 R12 a field that was never read before took no part in the decision, blank or not', () => {
    expect(news({ lastName: 'Ba' }, { lastName: 'Ba', twitter: 'ann' })).toBe(true);
    expect(news({ lastName: 'Ba' }, { lastName: 'Ba', twitter: '' })).toBe(true);
  });

  it('R8 R13 the same value, one that the read does not cover, and a blank of what was just made are none', () => {
    expect(news({ lastName: 'Ba', email: 'a@b.test' }, { lastName: ' Ba ' })).toBe(false);
    expect(news(null, { twitter: '' })).toBe(false);
  });
});

describe('R10 R12 blanks of what was just made', () => {
  const blanks = (sent: Fields, made: Fields, source: Fields) =>
    blanksThatAgree('company', { sent, made, source });

  it.each<[string, Fields, Fields, Fields, string[]]>([
    ['blank on both sides', { name: 'Acme' }, { email: '' }, { email: ' ' }, ['email']],
    ['sent', { email: '' }, { email: '' }, { email: '' }, []],
    ['filled in by the vendor', {}, { email: 'a@x.test' }, { email: '' }, []],
    ['blank there alone', {}, { email: '' }, { email: 'a@x.test' }, []],
    ['not read where it was made', {}, {}, { email: '' }, []],
    ['not read where it came from', {}, { email: '' }, {}, []],
    ['with something to say on both', {}, { email: 'a@x.test' }, { email: 'a@x.test' }, []],
  ])('R10 a field %s', (_, sent, made, source, expected) => {
    expect(blanks(sent, made, source)).toEqual(expected);
  });
});
