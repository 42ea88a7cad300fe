import { emailEntries } from '../../src/apis/desk-emails';
import type { EmailRow } from '../../src/ports/apis';

const main: EmailRow = { id: '1', value: 'main@a.test', isMain: true };
const one: EmailRow = { id: '2', value: 'one@a.test', isMain: false };
const two: EmailRow = { id: '3', value: 'two@a.test', isMain: false };
const rows = [main, one, two];
const email = (value: string, isMain: boolean, id?: number) => ({
  ...(id === undefined ? {} : { id }),
  type: 'email',
  value,
  isMain,
});
const removed = (value: string, id: number) => ({ ...email(value, false, id), delete: true });

describe("the rows that a write of a Desk customer's emails names", () => {
  test('a new customer: the main email first', () => {
    expect(emailEntries({ email: 'm@a.test', alternativeEmails: ['x@a.test'] }, [])).toEqual([
      email('m@a.test', true),
      email('x@a.test', false),
    ]);
  });
  test('another main email takes the row of the old one', () => {
    expect(emailEntries({ email: 'new@a.test' }, rows)).toEqual([email('new@a.test', true, 1)]);
  });
  test('the same main email in other letters keeps its row', () => {
    expect(emailEntries({ email: 'Main@A.test' }, rows)).toEqual([email('Main@A.test', true, 1)]);
  });
  test('what is so already is not named', () => {
    expect(
      emailEntries({ email: 'main@a.test', alternativeEmails: ['ONE@a.test', 'two@a.test'] }, rows),
    ).toEqual([]);
  });
  test('an alternative becomes the main email, and the old one goes', () => {
    expect(emailEntries({ email: 'one@a.test' }, rows)).toEqual([
      email('one@a.test', true, 2),
      removed('main@a.test', 1),
    ]);
  });
  test('main email and alternative change places', () => {
    expect(
      emailEntries({ email: 'one@a.test', alternativeEmails: ['main@a.test', 'two@a.test'] }, rows),
    ).toEqual([email('one@a.test', true, 2), email('main@a.test', false, 1)]);
  });
  test('a new main email, and the old one stays as an alternative', () => {
    expect(emailEntries({ email: 'new@a.test', alternativeEmails: ['main@a.test'] }, [main, one])).toEqual([
      email('new@a.test', true),
      email('main@a.test', false, 1),
      removed('one@a.test', 2),
    ]);
  });
  test('alternatives come and go without a word about the main email', () => {
    expect(emailEntries({ alternativeEmails: ['two@a.test', 'new@a.test'] }, rows)).toEqual([
      removed('one@a.test', 2),
      email('new@a.test', false),
    ]);
  });
  test('no alternatives any more', () => {
    expect(emailEntries({ alternativeEmails: [] }, rows)).toEqual([
      removed('one@a.test', 2),
      removed('two@a.test', 3),
    ]);
  });
  test('the main email asked for as an alternative too stays the main one', () => {
    expect(emailEntries({ alternativeEmails: ['main@a.test', 'one@a.test', 'two@a.test'] }, rows)).toEqual(
      [],
    );
  });
  test('a customer without a main email gets one', () => {
    expect(emailEntries({ email: 'new@a.test' }, [one])).toEqual([email('new@a.test', true)]);
  });
});
