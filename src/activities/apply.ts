/**
 * Carries out one step: permit, precondition and intent, write, read back, commit (DESIGN §2).
 * Whatever is killed in between leaves an intent that is looked for, never a write that is repeated blindly (R15).
 */
import { heartbeat, sleep } from '@temporalio/activity';
import { isOther } from '../account-pins';
import { ApiError } from '../domain/errors';
import { judgeReadBack, newsBesides, type ReadBack, type ReadBackVerdict } from '../domain/readback';
import type { FieldNote } from '../domain/link';
import { withoutPicture, type Fields, type Kind, type Observation, type Side } from '../domain/record';
import { versionOf } from '../domain/versions';
import type { Apis, SideApi, WriteAnswer } from '../ports/apis';
import type { Budget, Permit, Priority } from '../ports/budget';
import type { StepStart } from '../ports/links';
import type { Store } from '../ports/store';
import { failureOf, Stopped } from './failures';
import { meetHolder } from './meet-holder';
import { permitInPlace, permitOrRetry, permitsFor } from './permits';
import { readCurrent } from './read-current';
import { refusalOf } from './refusals';
import type { SameAccounts } from './same-accounts';
import { credentialsRefused } from './survey';

export interface ApplyInput {
  readonly site: string;
  readonly link: number;
  readonly kind: Kind;
  readonly planId: string;
  readonly index: number;
  readonly side: Side;
  readonly priority: Priority;
  readonly run: string | null;
  /** It creates from a record that its turn has not read directly; a workflow of an older version does not say it. */
  readonly fromListing?: boolean;
}

/**
 * `confirmed`: written and read back. `again`: what it was decided on has moved, decide anew. `parked`: refused or of
 * unknown outcome, stored with its reason and time. `stopped`: paused, frozen or cancelled; nothing was sent.
 */
export type ApplyResult = 'confirmed' | 'again' | 'parked' | 'stopped';

type Started = Extract<StepStart, { intent: string }>;

interface Written {
  /** The step's values, without a picture that cannot be had: each side then keeps its own. */
  readonly sent: Fields;
  readonly answer: WriteAnswer;
}

/** A target read longer ago than this is read again before a live edit or an operator's action is written to it. */
const freshForMs = 2_000;

/** Pauses before reading again a value that has not changed yet (R13: a stale read is not a refusal). */
const readAgainAfterMs = [200, 500, 1_500];

export function applyWith(ports: { store: Store; budget: Budget; apis: Apis; accounts: SameAccounts }) {
  const { store, accounts } = ports;

  return async function apply(input: ApplyInput): Promise<ApplyResult> {
    const { site, side, kind, priority, run } = input;
    const writes = { kind, link: input.link };
    try {
      if (!(await accounts.stillTheSame(site))) return 'stopped';
      const hasLooked = priority <= 2 && (await lookAtTarget(input));
      const ask = { site, side, priority, run, write: writes };
      // What has begun does not begin anew for want of a second call.
      const permit = await (hasLooked ? permitInPlace : permitOrRetry)(ports.budget, ask);
      const start = await store.beginStep(site, input.planId, input.index);
      if ('refused' in start) return await notBegun(input, start.refused);
      const api = await ports.apis.of(site, side);
      let written: Written;
      try {
        written = await write(input, start, api, permit);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return await notWritten(input, start, api, error);
      }
      return await confirm(input, start, api, written);
    } catch (error) {
      if (error instanceof Stopped) return 'stopped';
      throw error;
    }
  };

  /**
   * No vendor takes a write on condition. What a user has just changed on the target must be decided on (R10, R11), not
   * overwritten unseen, so the mirror learns of it first: then the step is stale. Runs write what their survey read,
   * which polls keep fresh meanwhile. Answers whether it made a call.
   */
  async function lookAtTarget({ site, link, side, kind, priority, run }: ApplyInput): Promise<boolean> {
    const target = (await store.view(site, link))?.records[side] ?? null;
    if (target === null || Date.now() - Date.parse(target.readAt) < freshForMs) return false;
    const api = await ports.apis.of(site, side);
    const permit = permitsFor(ports.budget, { site, side, priority, run, write: null });
    try {
      const seen = await readCurrent(async () => api.read(await permit(), kind, target.id), target);
      // A lagging copy knows nothing that the mirror does not.
      if (seen === null) return true;
      if (isOther(target, seen) && !(await accounts.provenSame(site))) throw new Stopped('frozen');
      await store.recordObservation(site, seen);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // A record that is gone says so to the write, too, and is dealt with there.
      if (error.kind === 'gone') return true;
      if (error.kind !== 'auth') throw failureOf(error);
      await store.freeze(site, credentialsRefused(side, error));
      throw new Stopped('frozen');
    }
  }

  async function write(
    input: ApplyInput,
    { step: { action, values }, targetId }: Started,
    api: SideApi,
    permit: Permit,
  ): Promise<Written> {
    const { kind } = input;
    const id = action === 'create' ? null : targetId;
    const preparation = api.needsPreparing(kind, action, values)
      ? await api.prepare(await inPlace(input), kind, id, values)
      : undefined;
    const sent = preparation?.pictureRef === null ? withoutPicture(values) : values;
    if (id === null) return { sent, answer: await api.create(permit, kind, sent, preparation) };
    if (Object.keys(sent).length === 0) return { sent, answer: { id, observation: null } };
    return { sent, answer: await api.update(permit, kind, id, sent, preparation) };
  }

  async function notBegun(
    { site, link }: ApplyInput,
    refused: Extract<StepStart, { refused: string }>['refused'],
  ): Promise<ApplyResult> {
    switch (refused) {
      case 'already_done':
        return 'confirmed';
      case 'stale':
        return 'again';
      case 'identity_claimed': {
        const soon = new Date(Date.now() + 1_000).toISOString();
        await store.wakeAt(site, link, soon);
        return 'parked';
      }
      case 'intent_open': {
        const intent = await store.openIntent(site, link);
        if (intent !== null) await store.leaveUnknown(site, intent.id);
        return 'again';
      }
      case 'paused':
      case 'frozen':
        return 'stopped';
    }
  }

  async function notWritten(
    input: ApplyInput,
    start: Started,
    api: SideApi,
    error: ApiError,
  ): Promise<ApplyResult> {
    const { site, side, kind } = input;
    const { step } = start;
    if (error.facts.effectUnknown) {
      await store.leaveUnknown(site, start.intent);
      return 'parked';
    }
    if (error.kind === 'rate_limited' || error.kind === 'unavailable') {
      await store.closeIntent(site, start.intent);
      throw failureOf(error);
    }
    if (error.kind === 'auth') {
      await store.closeIntent(site, start.intent);
      await store.freeze(site, credentialsRefused(side, error));
      return 'stopped';
    }
    const refusal = refusalOf(error, start);
    const isMet =
      refusal.reason === 'taken' &&
      (await meetHolder(store, api, () => inPlace(input), { site, kind, step }));
    await store.refuseStep(site, start.intent, refusal);
    // R14: a record that was about to be made twice is the counterpart, or a question.
    return isMet && step.action === 'create' ? 'again' : 'parked';
  }

  async function confirm(
    input: ApplyInput,
    start: Started,
    api: SideApi,
    { sent, answer }: Written,
  ): Promise<ApplyResult> {
    const { site, side, kind, run } = input;
    const noPicture = sent !== start.step.values;
    const readBack = async (): Promise<Observation> => api.read(await inPlace(input), kind, answer.id);
    try {
      let observation = answer.observation ?? (await readBack());
      const seen = (user: string | null = null): ReadBack => ({
        kind,
        sent,
        base: start.base,
        before: start.before ?? {},
        after: observation.fields,
        fromWriteAnswer: observation === answer.observation,
        changedByUs: user !== null && observation.updatedBy === user,
      });
      const judge = (user: string | null = null) => judgeReadBack(seen(user));
      let verdict = judge();
      for (const waitMs of readAgainAfterMs) {
        if (verdict.ignored.length === 0 && !(await mayLag(input, observation, verdict))) break;
        heartbeat(run);
        await sleep(waitMs);
        observation = await readBack();
        verdict = judge();
      }
      if (verdict.editedMeanwhile.length > 0) verdict = judge((await store.site(site))?.users[side]);
      const besides = newsBesides({ ...seen(), sent: start.step.values, before: start.before });
      const decideAgain = besides || verdict.editedMeanwhile.length > 0;
      await store.confirmStep(site, start.intent, {
        id: answer.id,
        observation,
        base: noPicture ? { ...verdict.base, avatar: start.before?.avatar ?? '' } : verdict.base,
        notes: [
          ...verdict.reformatted.map((field): FieldNote => ({ field, reason: 'reformatted' })),
          ...(noPicture ? [{ field: 'avatar', reason: 'unusable_picture' } as const] : []),
        ],
        ignored: verdict.ignored,
        decideAgain,
        adopted: false,
      });
      return decideAgain ? 'again' : 'confirmed';
    } catch (error) {
      // The write is done; only its reading back failed. It is looked for after the settle time, like a lost answer.
      if (!(error instanceof ApiError)) throw error;
      await store.leaveUnknown(site, start.intent);
      return 'parked';
    }
  }

  /** What looks like an edit made meanwhile may be what the record was before our write, from a lagging copy (A10). */
  async function mayLag(
    { site, link, side }: ApplyInput,
    observation: Observation,
    { editedMeanwhile }: ReadBackVerdict,
  ): Promise<boolean> {
    if (editedMeanwhile.length === 0) return false;
    return versionOf((await store.view(site, link))?.records[side] ?? null, observation) !== 'current';
  }

  /** A read that belongs to a write under way: no pause or cancellation leaves it half done (R30). */
  function inPlace({ site, side, priority }: ApplyInput): Promise<Permit> {
    return permitInPlace(ports.budget, { site, side, priority, run: null, write: null });
  }
}
