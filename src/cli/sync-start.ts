/** `sync start`: starts the site's InitialSync or joins the one that runs, and shows it to its end. */
import { noteChange, theCli } from '../change-note';
import { exitCode } from './failures';
import { followRun } from './follow-run';
import { newSiteCommand } from './new-command';
import { runReport } from './run-report';
import { answer, chooseSite, type Session } from './session';
import { hasWorkers, startRun } from '../start-run';

export function syncStartCommand(session: Session) {
  return newSiteCommand('start', 'Start the InitialSync, or join the one that runs, and show it to its end', [
    'sync start',
    'sync start --site acme --json',
  ]).action(async ({ json, site: named }) => {
    const parts = await session.engine();
    const { store, client } = parts;
    const site = await chooseSite(store, named);
    const { id, state, applies } = await startRun(parts, site.id, 'sync');
    await noteChange(parts, theCli, site.id, 'sync started', { run: id });
    if (applies !== null) {
      session.terminal.note(
        `The InitialSync that is open carries out plan ${applies} and nothing else: start again when it has ended.`,
      );
    }
    if (json === true) {
      answer(session, json, { run: id, state }, () => '');
      return;
    }

    const { terminal } = session;
    const ended = await followRun({
      ...{ store, terminal, site: site.id, run: id, mode: 'sync' },
      signal: session.untilInterrupted(),
      workers: () => hasWorkers(client),
    });
    if (ended === null) {
      terminal.note('The run goes on: `sync status` shows it, `sync pause` or `sync cancel` stops it.');
      return;
    }
    terminal.print(runReport(ended, terminal));
    if (ended.state === 'cancelled') session.exitWith(exitCode.no);
  });
}
