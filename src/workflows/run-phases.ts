/**
 * The phases of a run: survey both sides, companies first, then their people (R16), then the proof. They own order,
 * waiting, pause and cancellation; the work itself waits in the store's `due` queue.
 */
import {
  condition,
  continueAsNew,
  patched,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { kinds, sides, type Kind } from '../domain/record';
import type { RunPhase } from '../ports/runs';
import { inTheConsole } from './console-page';
import {
  cancelRun,
  pauseRun,
  progressQuery,
  resumeRun,
  type InitialSyncInput,
  type InitialSyncState,
} from './messages';
import { beginRun, enterPhase, listingsOf, longWork, probeAccounts, setRunState } from './proxies';

const phases: readonly RunPhase[] = ['survey', 'companies', 'customers', 'proof'];

/** How often a run that the operator has to help looks whether it can go on. */
const lookAgain = '15 s';

export async function runPhases(input: InitialSyncInput): Promise<InitialSyncState> {
  const { site, mode, applies } = input;
  // Continued runs keep it, and every page that shows the run links to it.
  const run = workflowInfo().firstExecutionRunId;
  const { consoleUrl } = workflowInfo().memo ?? {};
  const page = inTheConsole(typeof consoleUrl === 'string' ? consoleUrl : undefined, site, `/runs/${run}`);
  let asked: 'go' | 'pause' | 'cancel' = 'go';
  let state: InitialSyncState = { run, phase: input.from ?? 'survey', state: 'running', waiting: false };

  setHandler(pauseRun, () => void (asked = asked === 'cancel' ? asked : 'pause'));
  setHandler(resumeRun, () => void (asked = asked === 'cancel' ? asked : 'go'));
  setHandler(cancelRun, () => void (asked = 'cancel'));
  setHandler(progressQuery, () => state, {
    description: 'Phase and state of the run; its numbers are in console and CLI.',
  });

  if (
    input.from === undefined &&
    (await beginRun({ site, run, mode, applies: applies ?? null })) === 'skipped'
  ) {
    tell({ state: 'skipped' });
    return state;
  }
  for (const phase of phases.slice(phases.indexOf(state.phase))) {
    tell({ phase });
    await enterPhase({ site, run, phase });
    if (!(await complete(phase))) return end('cancelled');
  }
  return end('finished');

  /** Works at a phase until it is done; false when the run was cancelled. */
  async function complete(phase: RunPhase): Promise<boolean> {
    for (;;) {
      if (asked === 'go') {
        if (await work(phase)) return true;
        tell({ waiting: true });
        await condition(() => asked !== 'go', lookAgain);
      }
      if (askedFor() === 'pause') {
        tell({ state: 'paused' });
        await condition(() => asked !== 'pause');
      }
      if (askedFor() === 'cancel') return false;
      if (workflowInfo().continueAsNewSuggested) {
        await continueAsNew<typeof runPhases>({ ...input, from: phase });
      }
      tell({ state: 'running', waiting: false });
    }
  }

  async function work(phase: RunPhase): Promise<boolean> {
    switch (phase) {
      case 'survey':
        return surveyAll();
      case 'companies':
        return settleAll('company');
      case 'customers':
        return settleAll('customer');
      case 'proof':
        await longWork().proveRun({ site, run });
        return true;
      case 'done':
        return true;
    }
  }

  /** Of the accounts first seen, and no others (R29): their records would be taken for ours, and ours for deleted. */
  async function surveyAll(): Promise<boolean> {
    if ((await probeAccounts({ site })) !== 'same') return false;
    const results = await Promise.all(
      sides.flatMap((side) => kinds.map((kind) => listingsOf(side).survey({ site, run, mode, side, kind }))),
    );
    return results.every((result) => result.done);
  }

  async function settleAll(kind: Kind): Promise<boolean> {
    const { planPages, dispatch, planAndDispatch } = longWork();
    if (mode === 'plan') {
      await planPages({ site, run, mode, kind });
      return true;
    }
    // Runs begun on a version before this one decided all pages before they wrote anything.
    if (!patched('decided and written at once')) {
      await planPages({ site, run, mode, kind });
      return (await dispatch({ site, run })).state === 'drained';
    }
    return (await planAndDispatch({ site, run, mode, kind })).state === 'drained';
  }

  async function end(how: 'finished' | 'cancelled'): Promise<InitialSyncState> {
    await setRunState({ site, run, state: how });
    tell({ state: how, phase: how === 'finished' ? 'done' : state.phase, waiting: false });
    return state;
  }

  /** Behind a function, for handlers change it while we await. */
  function askedFor(): typeof asked {
    return asked;
  }

  function tell(change: Partial<InitialSyncState>): void {
    state = { ...state, ...change };
    setCurrentDetails(
      `Phase: ${state.phase}. State: ${state.state}${state.waiting ? ', waiting for an operator' : ''}.\n\n${page}`,
    );
  }
}
