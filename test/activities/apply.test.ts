/** One step: what is asked before it is sent, and what each way that it may fail leaves behind (R15, R23, R29, R30). */
import { MockActivityEnvironment } from '@temporalio/testing';
import { applyWith } from '../../src/activities/apply';
import type { ApplyInput } from '../../src/activities/step';
import { ApiError, type ErrorKind } from '../../src/domain/errors';
import type { Fields, Observation } from '../../src/domain/record';
import type { Apis, Preparation } from '../../src/ports/apis';
import type { Budget } from '../../src/ports/budget';
import type { StepDone, StepStart } from '../../src/ports/links';
import type { Store } from '../../src/ports/store';
import { aPerson, linked } from '../support/views';
import { observed, person } from '../support/store-world';

const before = { lastName: 'Byron', avatar: 'https://acme.test/old.png' };
const view = linked(aPerson('teamwork', '1', before), aPerson('desk', '9'));

interface Case {
  readonly values?: Fields;
  readonly action?: 'create' | 'update';
  readonly priority?: ApplyInput['priority'];
  readonly isSame?: boolean;
  /** Where it is asked once more. */
  readonly isProven?: boolean;
  /** When the record that is read was made; the one that is known was on 2026-01-01. */
  readonly madeAt?: string;
  readonly refused?: Extract<StepStart, { refused: string }>['refused'];
  readonly fails?: ConstructorParameters<typeof ApiError>[2] & { readonly kind: ErrorKind };
  readonly preparation?: Preparation;
  /** Who has the email by now. */
  readonly holders?: readonly Observation[];
}

/** What comes of a step, and what was done for it, in turn. */
async function applied({ priority = 3, action = 'update', ...of }: Case) {
  const {
    values = { lastName: 'Lovelace' },
    isSame = true,
    isProven = isSame,
    fails,
    preparation,
    holders = [],
  } = of;
  const acts: string[] = [];
  let done: StepDone | undefined;
  let refusal: Parameters<Store['refuseStep']>[2] | undefined;
  const noting =
    <T>(name: string, answer: T) =>
    () => (acts.push(name), Promise.resolve(answer));
  const step = { side: 'teamwork', action, values, sourceBase: values } as const;
  const start: StepStart =
    of.refused !== undefined
      ? { refused: of.refused }
      : {
          ...{ intent: 'i', kind: 'customer', link: 7, step, base: before },
          ...(action === 'create' ? { targetId: null, before: null } : { targetId: '1', before }),
        };
  const store = {
    beginStep: noting('begin', start),
    view: () => Promise.resolve(view),
    site: () => Promise.resolve({ users: { teamwork: '900', desk: '901' } }),
    openIntent: () => Promise.resolve({ id: 'open' }),
    wasKnownBefore: () => Promise.resolve(false),
    recordObservation: noting('seen', undefined),
    leaveUnknown: (_site: string, intent: string) => noting(`unknown ${intent}`, undefined)(),
    closeIntent: noting('closed', undefined),
    refuseStep: (_site: string, _intent: string, what: typeof refusal) => (
      (refusal = what),
      noting('refused', undefined)()
    ),
    freeze: noting('frozen', undefined),
    wakeAt: noting('wake', undefined),
    confirmStep: (_site: string, _intent: string, what: StepDone) => (
      (done = what),
      noting('confirmed', undefined)()
    ),
  } as unknown as Store;
  let sent: Fields = {};
  const write =
    (name: string) =>
    (_permit: object, _kind: string, ...rest: readonly unknown[]) => {
      acts.push(name);
      if (fails !== undefined) return Promise.reject(new ApiError(fails.kind, 'no', fails));
      sent = rest[name === 'create' ? 0 : 1] as Fields;
      return Promise.resolve({ id: '1', observation: null });
    };
  const api = {
    read: () => {
      acts.push('read');
      const { madeAt = '2026-01-01T00:00:00Z' } = of;
      const fields = { ...before, ...sent };
      return Promise.resolve(observed('teamwork', 'customer', '1', fields, { createdAt: madeAt }));
    },
    find: noting('find', holders),
    needsPreparing: () => preparation !== undefined,
    prepare: noting('prepare', preparation),
    create: write('create'),
    update: write('update'),
  };
  const granted = { grantedAt: '2026-03-01T10:00:00.000Z', answered: () => Promise.resolve() };
  const budget = { take: () => Promise.resolve({ granted }) } as unknown as Budget;
  const apply = applyWith({
    ...{ store, budget, apis: { of: () => Promise.resolve(api) } as unknown as Apis },
    accounts: {
      probe: () => Promise.resolve('same'),
      stillTheSame: () => Promise.resolve(isSame),
      provenSame: () => Promise.resolve(isProven),
    },
  });
  const input: ApplyInput = {
    ...{ site: 'acme', link: 7, kind: 'customer', planId: 'p', index: 0, side: 'teamwork', run: null },
    priority,
  };
  const result = await new MockActivityEnvironment()
    .run(() => apply(input))
    .catch((error: unknown) => String((error as { readonly type?: string }).type));
  return { result, acts, done, refusal, sent };
}

const plain = { status: 400, effectUnknown: false };

test('R29 behind an address that leads to another account no step begins', async () => {
  expect(await applied({ isSame: false })).toMatchObject({ result: 'stopped', acts: [] });
});

test('R10 R11 what is written live is looked at before, what a run writes is not', async () => {
  for (const priority of [1, 2] as const)
    expect((await applied({ priority })).acts.slice(0, 3)).toEqual(['read', 'seen', 'begin']);
  for (const priority of [3, 4] as const) expect((await applied({ priority })).acts[0]).toBe('begin');
});

test('R29 a target by another’s birth is nobody’s to write to, unless the account is proven the same', async () => {
  const another: Case = { priority: 1, madeAt: '2026-02-02T00:00:00Z' };
  expect(await applied({ ...another, isProven: false })).toMatchObject({ result: 'stopped', acts: ['read'] });
  expect((await applied(another)).acts.slice(0, 3)).toEqual(['read', 'seen', 'begin']);
});

test.each([
  ['already_done', 'confirmed', []],
  ['stale', 'again', []],
  ['identity_claimed', 'parked', ['wake']],
  ['intent_open', 'again', ['unknown open']],
  ['paused', 'stopped', []],
  ['frozen', 'stopped', []],
] as const)('R15 R30 a step that may not begin, being %s, is not sent', async (refused, result, acts) => {
  expect(await applied({ refused })).toMatchObject({ result, acts: ['begin', ...acts] });
});

test.each(['unavailable', 'contract', 'invalid'] as const)(
  'R15 a write that failed as %s and may have taken effect is of unknown outcome',
  async (kind) => {
    const { result, acts } = await applied({ fails: { kind, ...plain, effectUnknown: true } });
    expect([result, ...acts]).toEqual(['parked', 'begin', 'update', 'unknown i']);
  },
);

test.each(['rate_limited', 'unavailable'] as const)(
  'R15 a write that ended as %s before it was sent is as if it had not begun, and tried again',
  async (kind) => {
    const { result, acts } = await applied({ fails: { kind, ...plain } });
    expect([result, ...acts]).toEqual([kind, 'begin', 'update', 'closed']);
  },
);

test('R23 a credential that is not accepted freezes the site and leaves nothing open', async () => {
  const { result, acts } = await applied({ fails: { kind: 'auth', ...plain } });
  expect([result, ...acts]).toEqual(['stopped', 'begin', 'update', 'closed', 'frozen']);
});

test.each([
  ['conflict', undefined, 'taken'],
  ['invalid', ['email'], 'taken'],
  ['invalid', ['lastName'], 'refused'],
  ['forbidden', undefined, 'forbidden'],
  ['gone', undefined, 'gone_to_be_confirmed'],
] as const)(
  'a write refused as %s for %s is parked as %s, with a time',
  async (kind, refusedFields, reason) => {
    const values = { lastName: 'Lovelace', email: 'ada@acme.test' };
    const { result, acts, refusal } = await applied({
      ...{ values, fails: { kind, ...plain, ...(refusedFields === undefined ? {} : { refusedFields }) } },
    });
    const looked = reason === 'taken' ? ['find'] : [];
    expect([result, ...acts]).toEqual(['parked', 'begin', 'update', ...looked, 'refused']);
    expect(refusal?.reason).toBe(reason);
    expect(Date.parse(refusal?.retryAt ?? '')).toBeGreaterThan(Date.now());
  },
);

test('R14 a create refused for somebody who was not known is decided anew in the face of them', async () => {
  const taken: Case = {
    values: { email: 'ada@acme.test' },
    ...{ fails: { kind: 'conflict', ...plain }, holders: [person('teamwork', '5', 'ada@acme.test')] },
  };
  expect(await applied({ ...taken, action: 'create' })).toMatchObject({
    ...{ result: 'again', acts: ['begin', 'create', 'find', 'seen', 'refused'] },
  });
  expect((await applied(taken)).result).toBe('parked');
});

describe('R8 a picture that cannot be had', () => {
  const avatar = 'https://elsewhere.test/new.png';
  const unusable: Case = { preparation: { pictureRef: null } };
  const note = { field: 'avatar', reason: 'unusable_picture' };

  test('R8 is left out of what is sent, and the picture there stays', async () => {
    const { result, acts, done, sent } = await applied({ ...unusable, values: { lastName: 'King', avatar } });
    expect([result, ...acts]).toEqual(['confirmed', 'begin', 'prepare', 'update', 'read', 'confirmed']);
    expect(sent).toEqual({ lastName: 'King' });
    expect(done).toMatchObject({ base: { lastName: 'King', avatar: before.avatar }, notes: [note] });
  });

  test('R8 costs no write where it is all that was to be written', async () => {
    const { result, acts, done } = await applied({ ...unusable, values: { avatar } });
    expect([result, ...acts]).toEqual(['confirmed', 'begin', 'prepare', 'read', 'confirmed']);
    expect(done).toMatchObject({ base: { avatar: before.avatar }, notes: [note], ignored: [] });
  });
});
