/** All activities, built over the ports: the only thing that workflows know of the world. */
import type { Apis } from '../ports/apis';
import type { Budget } from '../ports/budget';
import type { EntityStarter } from '../ports/due';
import type { OperationStore } from '../ports/operations';
import type { HookApis } from '../ports/hooks';
import type { Reads } from '../ports/reads';
import type { Store } from '../ports/store';
import { staysAlive } from './alive';
import { applyWith } from './apply';
import { checkHooksWith } from './check-hooks';
import { decideWith } from './decide';
import { dispatchWith, type DispatchInput } from './dispatch';
import { dueActivitiesWith } from './due';
import { raiseEpochWith } from './epoch';
import { lookWith } from './look';
import { makeCompanyWith } from './make-company';
import { observeWith } from './observe';
import { operateWith } from './operate';
import { planAndDispatchWith } from './plan-and-dispatch';
import { planPagesWith, type PlanPagesInput } from './plan-pages';
import { paceOf } from './pace';
import { pollWith } from './poll';
import { runActivitiesWith } from './run';
import { sameAccountsWith } from './same-accounts';
import { fromWhatIsThere } from './source-is-there';
import { startDueWith } from './start-due';
import { surveyWith } from './survey';
import { watchWith } from './watch';

export interface Ports {
  readonly store: Store;
  readonly reads: Reads;
  readonly operations: OperationStore;
  readonly budget: Budget;
  readonly apis: Apis;
  readonly entities: EntityStarter;
  readonly hookApis: HookApis;
  readonly publicUrl: string | null;
  /** How long an answer to the question whether the accounts are those first seen is relied on (R29), in milliseconds. */
  readonly accountsHoldForMs: number;
  /** What all watches of this process poll together at most. */
  readonly pollsPerSecond: number;
}

export type Activities = ReturnType<typeof createActivities>;

export function createActivities(withoutAccounts: Ports) {
  const accounts = sameAccountsWith(withoutAccounts);
  const ports = { ...withoutAccounts, accounts };
  const [poll, startDue, checkHooks] = [pollWith(ports), startDueWith(ports), checkHooksWith(ports)];
  const observe = observeWith(ports);
  const [planPages, dispatch] = [planPagesWith(ports), dispatchWith(ports)];
  const pace = paceOf(ports.pollsPerSecond);
  return {
    survey: surveyWith(ports),
    planPages: (input: PlanPagesInput) => planPages(input),
    dispatch: (input: DispatchInput) => dispatch(input),
    planAndDispatch: planAndDispatchWith(ports),
    observe: staysAlive(observe),
    decide: decideWith(ports),
    apply: staysAlive(fromWhatIsThere(ports.store, observe, applyWith(ports))),
    look: staysAlive(lookWith(ports)),
    operate: operateWith(ports),
    makeCompany: staysAlive(makeCompanyWith(ports)),
    poll: staysAlive(poll),
    probeAccounts: ({ site }: { readonly site: string }) => accounts.probe(site),
    startDue,
    raiseEpoch: raiseEpochWith(ports),
    checkHooks,
    watch: watchWith({ ...ports, poll, startDue, checkHooks, pace }),
    ...dueActivitiesWith(ports),
    ...runActivitiesWith(ports),
  };
}
