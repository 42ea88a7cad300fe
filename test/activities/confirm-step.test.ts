/** What a record is read back as after a write tells of an edit only where it is not of before the write (R13, A10). */
import { MockActivityEnvironment } from '@temporalio/testing';
import { confirmStepWith } from '../../src/activities/confirm-step';
import type { ApplyInput, Started } from '../../src/activities/step';
import { ApiError } from '../../src/domain/errors';
import type { Observation } from '../../src/domain/record';
import type { SideApi } from '../../src/ports/apis';
import type { Budget } from '../../src/ports/budget';
import type { StepDone } from '../../src/ports/links';
import type { Store } from '../../src/ports/store';
import { observed } from '../support/store-world';

const begunAt = '2026-03-02T10:00:10.500Z';

function person(lastName: string, second: number): Observation {
  const updatedAt = `2026-03-02T10:00:${String(second).padStart(2, '0')}Z`;
  return observed('teamwork', 'customer', '3', { lastName }, { updatedAt, updatedBy: '5' });
}

const copyOfBefore = person('King', 9);
const asSent = person('Lovelace', 10);
const editedSince = person('Turing', 12);

/** The readings that the vendor answers with, one after the other; the last one again and again. */
async function confirmed(...readings: readonly (Observation | ApiError)[]) {
  const reads: (Observation | ApiError)[] = [];
  const told: string[] = [];
  let done: StepDone | undefined;
  const store = {
    view: () => Promise.resolve({ records: { teamwork: null } }),
    site: () => Promise.resolve({ users: { teamwork: '900' } }),
    leaveUnknown: () => Promise.resolve(void told.push('unknown')),
    closeIntent: () => Promise.resolve(void told.push('closed')),
    confirmStep: (_site: string, _intent: string, what: StepDone) => ((done = what), Promise.resolve()),
  } as unknown as Store;
  const api = {
    read: () => {
      const next = readings[Math.min(reads.length, readings.length - 1)] ?? asSent;
      reads.push(next);
      return next instanceof ApiError ? Promise.reject(next) : Promise.resolve(next);
    },
  } as unknown as SideApi;
  const granted = { answered: () => Promise.resolve() };
  const budget = { take: () => Promise.resolve({ granted }) } as unknown as Budget;
  const values = { lastName: 'Lovelace' };
  const start = {
    ...{ intent: 'i', targetId: '3', base: { lastName: 'Byron' }, before: { lastName: 'Byron' } },
    step: { side: 'teamwork', action: 'update', values, sourceBase: values },
  } as unknown as Started;
  const input: ApplyInput = {
    ...{ site: 'acme', link: 7, kind: 'customer', planId: 'p', index: 0, side: 'teamwork' },
    ...{ priority: 1, run: null },
  };
  const written = { sent: values, begunAt, answer: { id: '3', observation: null } };
  const confirmStep = confirmStepWith({ store, budget });
  const result = await new MockActivityEnvironment().run(() => confirmStep(input, start, api, written));
  return { result, reads: reads.length, base: done?.base, told };
}

test('a copy of before the write is read again, and is no edit', async () => {
  const told = await confirmed(copyOfBefore, asSent);
  expect(told).toEqual({ result: 'confirmed', reads: 2, base: { lastName: 'Lovelace' }, told: [] });
});

test('an edit made since then is one at once, and travels', async () => {
  const told = await confirmed(editedSince);
  expect(told).toEqual({ result: 'again', reads: 1, base: { lastName: 'Lovelace' }, told: [] });
});

test('what stays so is how the record is, whatever time it carries', async () => {
  expect(await confirmed(copyOfBefore)).toMatchObject({ result: 'again', reads: 4 });
});

test.each(['unavailable', 'forbidden', 'gone', 'contract'] as const)(
  'R15 a write whose reading back ends in %s is of unknown outcome, not one that was never made',
  async (kind) => {
    const failure = new ApiError(kind, 'no', { status: 500, effectUnknown: false });
    const unknown = { result: 'parked', base: undefined, told: ['unknown'] };
    expect(await confirmed(failure)).toEqual({ ...unknown, reads: 1 });
    expect(await confirmed(copyOfBefore, failure)).toEqual({ ...unknown, reads: 2 });
  },
);
