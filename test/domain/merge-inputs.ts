/** Every sort of pair that the laws of the merge must hold for. */
import * as fc from 'fast-check';
import type { MergeInput } from '../../src/domain/merge';
import { fieldsOf, type Field, type Fields, type FieldValue, type Side } from '../../src/domain/record';
import { both, inputOf } from './merges';

const texts = ['', 'one', 'two', 'ONE ', 'three'];
const emails = ['a@x.org', 'b@x.org', 'c@x.org', 'd@x.org', 'A@X.org', 'no email'];
const companies = { teamwork: ['T1', 'T2', ''], desk: ['D1', 'D2', ''] };
export const times = [
  null,
  '2026-01-01T00:00:00Z',
  '2026-01-01T01:00:00+01:00',
  '2026-01-01T00:00:00.000000001Z',
  '9999-12-31T23:59:59Z',
  'never',
  '2026-02-03T04:05:06.7Z',
  '',
];

function valueOf(field: Field, side: Side): fc.Arbitrary<FieldValue> {
  if (field === 'company') return fc.constantFrom(...companies[side]);
  if (field === 'email') return fc.constantFrom('', ...emails);
  if (field === 'alternativeEmails') return fc.shuffledSubarray(emails.slice(0, 4), { maxLength: 3 });
  return fc.constantFrom(...texts);
}

function fieldsFor(side: Side): fc.Arbitrary<Fields> {
  const each = Object.fromEntries(fieldsOf.customer.map((field) => [field, valueOf(field, side)]));
  return fc.record(each, { requiredKeys: [] });
}

/** `T1` is linked to `D1`. */
export function acrossOf(_: Side, id: string): string | null {
  if (id === '') return null;
  return (id.startsWith('T') ? 'D' : 'T') + id.slice(1);
}

function acrossBoth(fields: Readonly<Record<Side, Fields>>): MergeInput['companyAcross'] {
  const across = (side: Side) => acrossOf(side, String(fields[side].company ?? ''));
  return both(across('teamwork'), across('desk'));
}

const aSide = (side: Side) =>
  fc.record({
    fields: fieldsFor(side),
    base: fieldsFor(side),
    isNew: fc.boolean(),
    created: fc.constantFrom(...times),
  });

export const anyInput: fc.Arbitrary<MergeInput> = fc
  .record({
    teamwork: aSide('teamwork'),
    desk: aSide('desk'),
    policy: fc.constantFrom('latest', 'teamwork', 'desk'),
    askedFor: fc.boolean(),
    signsIn: fc.boolean(),
    others: fc.subarray(['c@x.org', 'd@x.org']),
  })
  .map(({ teamwork, desk, others, ...rules }) => {
    const fields = both(teamwork.fields, desk.fields);
    const bases = teamwork.isNew ? both<Fields>({}, {}) : agreedBases(teamwork.base, desk.base);
    const createdAt = both(teamwork.created, desk.created);
    return inputOf({
      ...rules,
      fields,
      bases,
      createdAt,
      companyAcross: acrossBoth(fields),
      emailsOfOthers: new Set(others),
    });
  });

/** A base stands on both sides or on none; the set of alternative emails that is agreed is the same on both. */
function agreedBases(teamwork: Fields, desk: Fields): Record<Side, Fields> {
  const known = fieldsOf.customer.filter(
    (field) => teamwork[field] !== undefined && desk[field] !== undefined,
  );
  const pick = (from: Fields): Fields =>
    Object.fromEntries(
      known.map((field) => [field, field === 'alternativeEmails' ? teamwork[field] : from[field]]),
    );
  return both(pick(teamwork), pick(desk));
}
