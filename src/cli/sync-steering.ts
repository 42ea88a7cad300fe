/** `sync pause`, `resume` and `cancel`: the store is told first, which stops new writes at once, then the workflow. */
import type { SyncClient } from '../client';
import type { Run, RunState } from '../ports/runs';
import { CommandFailure, exitCode } from './failures';
import { newSiteCommand } from './new-command';
import { answer, chooseSite, type Session } from './session';

interface Steering {
  readonly verb: 'pause' | 'resume' | 'cancel';
  readonly summary: string;
  readonly state: RunState;
  readonly signal: keyof Pick<SyncClient, 'pauseRun' | 'resumeRun' | 'cancelRun'>;
  readonly done: string;
}

export const syncPauseCommand = steeringCommand({
  verb: 'pause',
  summary: 'Pause the InitialSync: no new write starts until it is resumed',
  state: 'paused',
  signal: 'pauseRun',
  done: 'Paused. No new write starts; calls already sent finish. `sync resume` goes on where it stopped.',
});

export const syncResumeCommand = steeringCommand({
  verb: 'resume',
  summary: 'Go on with a paused InitialSync',
  state: 'running',
  signal: 'resumeRun',
  done: 'Running again. `sync status` shows its progress.',
});

export const syncCancelCommand = steeringCommand({
  verb: 'cancel',
  summary: 'End the InitialSync where it is; what it has written and linked stays',
  state: 'cancelled',
  signal: 'cancelRun',
  done: 'Cancelled. Calls already sent finish; what has been written and linked stays. `sync start` begins again and goes on from there.',
});

function steeringCommand({ verb, summary, state, signal, done }: Steering) {
  return (session: Session) =>
    newSiteCommand(verb, summary, [`sync ${verb}`, `sync ${verb} --site acme --json`]).action(
      async ({ json, site: named }) => {
        const { store, client } = await session.engine();
        const site = await chooseSite(store, named);
        const run = await store.latestRun(site.id, 'sync');
        if (run === null || isOver(run)) {
          throw new CommandFailure(
            exitCode.no,
            `There is no InitialSync of ${site.id} to ${verb}${run === null ? '' : `: the last one is ${run.state}`}. \`sync start\` starts one.`,
            { run: run?.id ?? null, state: run?.state ?? 'none' },
          );
        }
        if (run.state !== state) await store.setRunState(site.id, run.id, state);
        const reached = await client[signal](site.id, 'sync');
        const lost = reached
          ? ''
          : ' Its workflow is no longer open in Temporal: `sync start` starts anew and goes on from what is done.';
        answer(session, json, { run: run.id, state }, () => done + lost);
      },
    );
}

function isOver({ state }: Run): boolean {
  return state === 'finished' || state === 'cancelled';
}
