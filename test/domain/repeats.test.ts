import { repeatedRecords } from '../../src/domain/repeats';
import type { Observation, Side } from '../../src/domain/record';
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
