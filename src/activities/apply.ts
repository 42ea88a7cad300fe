/**
 * Carries out one step: permit, precondition and intent, write, read back, commit (DESIGN §2).
 * Whatever is killed in between leaves an intent that is looked for, never a write that is repeated blindly (R15).
 */
import { ApiError } from '../domain/errors';
import { withoutPicture } from '../domain/record';
import type { Apis, SideApi } from '../ports/apis';
import type { Budget, Permit } from '../ports/budget';
import type { StepStart } from '../ports/links';
import type { Store } from '../ports/store';
import { confirmStepWith } from './confirm-step';
import { failureOf, Stopped } from './failures';
import { lookAtTargetWith } from './look-at-target';
import { meetHolder } from './meet-holder';
import { permitInPlace, permitOrRetry } from './permits';
import { refusalOf } from './refusals';
import type { SameAccounts } from './same-accounts';
import { inPlace, type ApplyInput, type ApplyResult, type Started, type Written } from './step';
import { credentialsRefused } from './survey';

export function applyWith(ports: { store: Store; budget: Budget; apis: Apis; accounts: SameAccounts }) {
  const { store, accounts } = ports;
  const [lookAtTarget, confirmStep] = [lookAtTargetWith(ports), confirmStepWith(ports)];

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
      return await confirmStep(input, start, api, written);
    } catch (error) {
      if (error instanceof Stopped) return 'stopped';
      throw error;
    }
  };

  async function write(
    input: ApplyInput,
    { step: { action, values }, targetId }: Started,
    api: SideApi,
    permit: Permit,
  ): Promise<Written> {
    const { kind } = input;
    const id = action === 'create' ? null : targetId;
    const preparation = api.needsPreparing(kind, action, values)
      ? await api.prepare(await inPlace(ports.budget, input), kind, id, values)
      : undefined;
    const sent = preparation?.pictureRef === null ? withoutPicture(values) : values;
    const begunAt = new Date().toISOString();
    if (id === null) return { sent, begunAt, answer: await api.create(permit, kind, sent, preparation) };
    if (Object.keys(sent).length === 0) return { sent, begunAt, answer: { id, observation: null } };
    return { sent, begunAt, answer: await api.update(permit, kind, id, sent, preparation) };
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
      (await meetHolder(store, api, () => inPlace(ports.budget, input), { site, kind, step }));
    await store.refuseStep(site, start.intent, refusal);
    // R14: a record that was about to be made twice is the counterpart, or a question.
    return isMet && step.action === 'create' ? 'again' : 'parked';
  }
}
