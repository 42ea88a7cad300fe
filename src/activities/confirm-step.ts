/** What a write led to is read back and committed with what it was decided on (R13). */
import { heartbeat, sleep } from '@temporalio/activity';
import { ApiError } from '../domain/errors';
import { judgeReadBack, newsBesides, type ReadBack, type ReadBackVerdict } from '../domain/readback';
import type { FieldNote } from '../domain/link';
import type { Observation } from '../domain/record';
import { isOfBefore, versionOf } from '../domain/versions';
import type { SideApi } from '../ports/apis';
import type { Budget } from '../ports/budget';
import type { Store } from '../ports/store';
import { inPlace, type ApplyInput, type ApplyResult, type Started, type Written } from './step';

/** Pauses before reading again a value that has not changed yet (R13: a stale read is not a refusal). */
const readAgainAfterMs = [200, 500, 1_500];

export function confirmStepWith({ store, budget }: { store: Store; budget: Budget }) {
  return async function confirmStep(
    input: ApplyInput,
    start: Started,
    api: SideApi,
    { sent, begunAt, answer }: Written,
  ): Promise<ApplyResult> {
    const { site, side, kind, run } = input;
    const noPicture = sent !== start.step.values;
    const readBack = async (): Promise<Observation> =>
      api.read(await inPlace(budget, input), kind, answer.id);
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
        if (verdict.ignored.length === 0 && !(await mayLag(input, begunAt, observation, verdict))) break;
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
  };

  /** What looks like an edit made meanwhile may be what the record was before our write, from a lagging copy (A10). */
  async function mayLag(
    { site, link, side }: ApplyInput,
    begunAt: string,
    observation: Observation,
    { editedMeanwhile }: ReadBackVerdict,
  ): Promise<boolean> {
    if (editedMeanwhile.length === 0) return false;
    if (isOfBefore(observation, begunAt)) return true;
    return versionOf((await store.view(site, link))?.records[side] ?? null, observation) !== 'current';
  }
}
