/** A10: what a lagging copy of the vendor's answers. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { readCurrent } from '../../src/activities/read-current';
import { observed } from '../support/store-world';

const version = (name: string, updatedAt: string) =>
  observed('desk', 'company', '7', { name }, { updatedAt, readAt: '2026-01-01T00:00:12Z' });
const before = version('Before', '2026-01-01T00:00:08Z');
const ours = version('Ours', '2026-01-01T00:00:10Z');
const sameSecond = version('Edited', '2026-01-01T00:00:10Z');
const known = { ...ours, presence: 'present', changedAt: {}, firstSeenAt: ours.readAt } as const;

/** Answers each of these in turn, and the last for good. */
async function readOf(...answers: readonly (typeof ours)[]) {
  let calls = 0;
  const read = () => Promise.resolve(answers[Math.min(calls++, answers.length - 1)] ?? ours);
  const current = new MockActivityEnvironment().run<
    [],
    typeof ours | null,
    () => Promise<typeof ours | null>
  >(() => readCurrent(read, known));
  await jest.runAllTimersAsync();
  return { name: (await current)?.fields.name ?? null, calls };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('A10 an older version is read again until the copy has caught up', async () => {
  expect(await readOf(before, before, ours)).toEqual({ name: 'Ours', calls: 3 });
});

test('A10 a copy that does not catch up is not believed', async () => {
  expect(await readOf(before)).toEqual({ name: null, calls: 4 });
});

test('A10 other values of the same second are read again, and believed when they stay', async () => {
  expect(await readOf(sameSecond)).toEqual({ name: 'Edited', calls: 3 });
  expect(await readOf(sameSecond, ours)).toEqual({ name: 'Ours', calls: 2 });
});

test('what is known or newer costs one read', async () => {
  expect(await readOf(ours)).toEqual({ name: 'Ours', calls: 1 });
  expect(await readOf(version('Newer', '2026-01-01T00:00:11Z'))).toEqual({ name: 'Newer', calls: 1 });
});
