/** R15: a create whose answer was lost is adopted only where nobody else can have made the record. */
import { isMadeByUs } from '../../src/activities/made-by-us';
import type { Observation } from '../../src/domain/record';
import type { Store } from '../../src/ports/store';
import { company } from '../support/store-world';

const sent = { at: '2026-03-01T10:00:00.000Z', values: { name: 'Acme', website: 'acme.test' } };
const minutesAfter = (minutes: number) => new Date(Date.parse(sent.at) + minutes * 60_000).toISOString();
const made: Observation = {
  ...company('desk', '7', 'Acme'),
  fields: sent.values,
  createdBy: '12',
  createdAt: minutesAfter(0.1),
};

function isOurs(found: Observation, knownBefore = false): Promise<boolean> {
  const store = {
    wasKnownBefore: (...asked: readonly string[]) =>
      Promise.resolve(knownBefore && asked.join(' ') === `acme desk company 7 ${sent.at}`),
    site: () => Promise.resolve({ users: { teamwork: '11', desk: '12' } }),
  } as unknown as Store;
  return isMadeByUs(store, 'acme', found, sent);
}

test.each<[string, Observation]>([
  ['made by our user after it', made],
  ['of which the vendor does not tell who made it', { ...made, createdBy: null }],
  ['made a little earlier, by a clock that is behind ours', { ...made, createdAt: minutesAfter(-4) }],
  ['in the vendor’s letters', { ...made, fields: { ...made.fields, website: 'https://www.acme.test/' } }],
  ['with a field that the read did not cover', { ...made, fields: { name: 'Acme' } }],
])('R15 a record %s is ours', async (_what, found) => {
  expect(await isOurs(found)).toBe(true);
});

test.each<[string, Observation]>([
  ['made by another user', { ...made, createdBy: '13' }],
  ['made by our user’s namesake on the other side', { ...made, createdBy: '11' }],
  ['made before it', { ...made, createdAt: minutesAfter(-6) }],
  ['of an unknown time', { ...made, createdAt: null }],
  ['that says something else', { ...made, fields: { ...made.fields, website: 'other.test' } }],
])('R15 a record %s is not ours', async (_what, found) => {
  expect(await isOurs(found)).toBe(false);
});

test('R15 a record that was known before is not ours, however much it looks so', async () => {
  expect(await isOurs(made, true)).toBe(false);
});
