/** `sync pause`, `resume` and `cancel`. */
import { noteChange, theCli } from '../change-note';
import { steerRun, type Steering } from '../start-run';
import { newSiteCommand } from './new-command';
import { answer, chooseSite, type Session } from './session';

export const syncPauseCommand = steeringCommand({
  verb: 'pause',
  summary: 'Pause the InitialSync: no new write starts until it is resumed',
  done: 'Paused. No new write starts; calls already sent finish. `sync resume` goes on where it stopped.',
});

export const syncResumeCommand = steeringCommand({
  verb: 'resume',
  summary: 'Go on with a paused InitialSync',
  done: 'Running again. `sync status` shows its progress.',
});

export const syncCancelCommand = steeringCommand({
  verb: 'cancel',
  summary: 'End the InitialSync where it is; what it has written and linked stays',
  done: 'Cancelled. Calls already sent finish; what has been written and linked stays. `sync start` begins again and goes on from there.',
});

function steeringCommand({
  verb,
  summary,
  done,
}: {
  readonly verb: Steering;
  readonly summary: string;
  readonly done: string;
}) {
  return (session: Session) =>
    newSiteCommand(verb, summary, [`sync ${verb}`, `sync ${verb} --site acme --json`]).action(
      async ({ json, site: named }) => {
        const parts = await session.engine();
        const site = await chooseSite(parts.store, named);
        const { run, state, reached } = await steerRun(parts, site.id, verb);
        await noteChange(parts, theCli, site.id, `run: ${verb}`, { run });
        const lost = reached
          ? ''
          : ' Its workflow is no longer open in Temporal: `sync start` starts anew and goes on from what is done.';
        answer(session, json, { run, state }, () => done + lost);
      },
    );
}
