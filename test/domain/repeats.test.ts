import { repeatedRecords } from '../../src/domain/repeats';
import type { Fields, Observation, Side } from '../../src/domain/record';
import { observed } from '../support/store-world';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 9, 0, seconds)).toISOString();

function person(side: Side, name: string, more: Partial<Observation> = {}): Observation {
  const fields = { firstName: name, lastName: 'Lee', email: `${name.toLowerCase()}@acme.test` };
  return observed(side, 'customer', `${side}-${name}`, fields, {
    createdBy: 'somebody',
    updatedBy: 'somebody',
    ...more,
  });
}

const count = (teamwork: readonly Observation[], desk: readonly Observation[]) =>
  repeatedRecords(teamwork, desk).length;

describe('R33 records that repeat the other side', () => {
  const made = (seconds: number) => ({ createdAt: at(seconds), updatedAt: null });
  const edited = (seconds: number) => ({ updatedAt: at(seconds) });

  it.each([
    ['made seconds later', made(0), made(4), 1],
    ['made ten seconds later', made(0), made(10), 1],
    ['made a minute later', made(0), made(60), 0],
    ['edited seconds later', { ...made(-900), ...edited(0) }, { ...made(-600), ...edited(4) }, 1],
    ['edited at no time', made(-900), { ...made(0), updatedAt: at(0) }, 0],
  ])('%s', (_, teamwork, desk, repeated) => {
    expect(count([person('teamwork', 'Ann', teamwork)], [person('desk', 'Ann', desk)])).toBe(repeated);
  });

  it('tells who made, or who edited it', () => {
    const by = { createdBy: 'maker', updatedBy: 'editor' };
    const authorsOf = (more: Partial<Observation>) =>
      repeatedRecords([person('teamwork', 'Ann', more)], [person('desk', 'Ann', more)])[0]?.authors;
    expect(authorsOf({ ...made(0), ...by })).toEqual(['maker', 'maker']);
    expect(authorsOf({ ...made(0), ...edited(900), ...by })).toEqual(['editor', 'editor']);
    expect(authorsOf({ ...made(0), ...edited(0), ...by })).toEqual(['maker', 'maker']);
  });

  it('R8 companies and pictures differ by nature, and what one side was not read for tells nothing', () => {
    const one = (side: Side, fields: Fields) => {
      const known = person(side, 'Ann', made(0));
      return { ...known, fields: { ...known.fields, ...fields } };
    };
    const teamwork = one('teamwork', { company: '7', avatar: 'https://t.test/1', twitter: 'ann' });
    const desk = one('desk', { company: '70', avatar: 'https://d.test/2', facebook: 'ann' });
    expect(count([teamwork], [desk])).toBe(1);
  });

  it.each<[string, Fields]>([
    ['blank', { email: ' ' }],
    ['not read', { lastName: 'Lee' }],
  ])('R13 those whose email is %s have nothing in common', (_, fields) => {
    const one = (side: Side) => ({ ...person(side, 'Ann', made(0)), fields });
    expect(count([one('teamwork')], [one('desk')])).toBe(0);
  });

  it('R14 what is one name for companies is not one email for people', () => {
    const company = (side: Side, name: string) => observed(side, 'company', name, { name }, made(0));
    expect(
      count([company('teamwork', 'Acme Ltd')], [company('desk', 'Acme Ltd'), company('desk', 'Acme')]),
    ).toBe(0);
    const dotted = (side: Side, email: string) => ({
      ...person(side, 'Ann', made(0)),
      id: email,
      fields: { email },
    });
    expect(
      count([dotted('teamwork', 'a.b@x.test')], [dotted('desk', 'a.b@x.test'), dotted('desk', 'ab@x.test')]),
    ).toBe(1);
  });

  it('those that differ, and those that share an identity with a third, are no sign', () => {
    const ann = person('teamwork', 'Ann', made(0));
    const other = person('desk', 'Ann', made(4));
    const renamed = { ...other, fields: { ...other.fields, lastName: 'Ray' } };
    expect(count([ann], [renamed])).toBe(0);
    expect(count([ann], [other, { ...other, id: 'second' }])).toBe(0);
  });

  it('companies are told by their name, and each is counted once', () => {
    const company = (side: Side, name: string) => observed(side, 'company', '1', { name }, made(0));
    expect(count([company('teamwork', 'Acme Ltd')], [company('desk', 'ACME')])).toBe(0);
    expect(count([company('teamwork', 'Acme Ltd')], [company('desk', 'Acme Ltd')])).toBe(1);
    const people = ['Ann', 'Bob', 'Cid'];
    expect(
      count(
        people.map((name) => person('teamwork', name, made(0))),
        people.map((name) => person('desk', name, made(2))),
      ),
    ).toBe(3);
  });
});
