/** `sync apply`: carries out the plan that `sync plan` showed; what has moved since is left alone and named. */
import { noteChange, theCli } from '../change-note';
import type { AppliedReport, Run } from '../ports/runs';
import type { Store } from '../ports/store';
import { CommandFailure, exitCode, usageFailure } from './failures';
import { followRun, silent } from './follow-run';
import { newSiteCommand } from './new-command';
import { runReport } from './run-report';
import type { EngineParts } from '../engine-parts';
import { answer, chooseSite, type Session } from './session';
import { tableLines } from './table';
import type { Terminal } from './terminal';
import { codeText, countText } from '../wording/words';
import { hasWorkers } from '../start-run';

const named = 20;

export function syncApplyCommand(session: Session) {
  return newSiteCommand('apply', 'Carry out a plan, and nothing else; what has moved since is left alone', [
    'sync apply 0199f0c2-6f6e-7b1c-9d3a-0c5a1be7a9d4',
  ])
    .argument('<plan>', 'the id that `sync plan` printed')
    .action(async (plan, { json, site: of }) => {
      const parts = await session.engine();
      const { store, client } = parts;
      const site = await chooseSite(store, of);
      await refuseUnlessPlan(store, site.id, plan);
      const run = await startOrJoin(parts, site.id, plan);
      await noteChange(parts, theCli, site.id, 'plan applied', { plan, run });
      const { terminal } = session;
      const ended = await followRun({
        ...{ store, terminal: json === true ? silent(terminal) : terminal, site: site.id, run, mode: 'sync' },
        signal: session.untilInterrupted(),
        workers: () => hasWorkers(client),
      });
      const report = await store.appliedReport(site.id, run);
      if (ended === null || report === null) {
        terminal.note('The run goes on: `sync status` shows it, `sync pause` or `sync cancel` stops it.');
        return;
      }
      const { carriedOut, moved } = report;
      answer(session, json, { run, state: ended.state, plan, carriedOut, moved }, () =>
        appliedText(ended, report, terminal),
      );
      if (ended.state === 'cancelled' || moved.length > 0) session.exitWith(exitCode.no);
    });
}

async function refuseUnlessPlan(store: Store, site: string, plan: string): Promise<void> {
  const found = await store.run(site, plan);
  if (found?.mode !== 'plan') throw usageFailure(`${site} has no plan ${plan}: \`sync plan\` makes one.`);
  if (found.state !== 'finished') {
    throw new CommandFailure(
      exitCode.no,
      `The plan ${plan} is not complete (${found.state}); nothing was done. \`sync plan\` makes a new one.`,
    );
  }
  if (!found.decisionsKept) {
    throw new CommandFailure(
      exitCode.no,
      `What the plan ${plan} decided is no longer kept, for later plans were made; nothing was done. \`sync plan\` makes a new one.`,
    );
  }
}

/** The run that applies the plan; one that does anything else is in the way. */
async function startOrJoin({ store, client }: EngineParts, site: string, plan: string): Promise<string> {
  const started = await client.applyPlan(site, plan);
  if (started !== null) return (await store.startRun(site, started, 'sync', plan)).id;
  const open = await store.latestRun(site, 'sync');
  if (open?.applies === plan && (open.state === 'running' || open.state === 'paused')) return open.id;
  throw new CommandFailure(
    exitCode.no,
    `An InitialSync of ${site} is open already, so nothing was done: \`sync status\` shows it, \`sync cancel\` ends it.`,
  );
}

function appliedText(run: Run, { carriedOut, moved }: AppliedReport, terminal: Terminal): string {
  const rest = moved.length - named;
  const columns = [
    { title: 'kind' },
    { title: 'Teamwork.com', align: 'right' as const },
    { title: 'Desk', align: 'right' as const },
    { title: 'was to be', least: 10 },
  ];
  const rows = moved
    .slice(0, named)
    .map(({ kind, teamworkId, deskId, outcome }) => [
      kind,
      teamworkId ?? '–',
      deskId ?? '–',
      codeText(outcome),
    ]);
  return [
    runReport(run, terminal),
    '',
    `Carried out as planned: ${countText(carriedOut, 'record or pair', 'records or pairs')}.`,
    ...(moved.length === 0
      ? []
      : [
          `Left alone, for ${moved.length === 1 ? 'it has' : 'they have'} moved since the plan was made:`,
          ...tableLines(columns, rows, terminal),
          ...(rest > 0 ? [`… and ${rest} more: --json names each.`] : []),
          '`sync plan` shows what would be done with them now.',
        ]),
  ].join('\n');
}
