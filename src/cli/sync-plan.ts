/** `sync plan`: what an InitialSync would do, what it would cost and when it would be done. Writes nothing remotely. */
import { noteChange, theCli } from '../change-note';
import type { PlanReport, PlannedCompany } from '../ports/runs';
import { CommandFailure, exitCode } from './failures';
import { followRun, silent } from './follow-run';
import { newSiteCommand, percent, positive } from './new-command';
import { answer, chooseSite, type Session } from './session';
import { hasWorkers, startRun } from '../start-run';
import { countLines } from './count-table';
import { tableLines } from './table';
import type { Terminal } from './terminal';
import { planCostText } from '../wording/plan-cost';
import { codeText, countText } from '../wording/words';

export function syncPlanCommand(session: Session) {
  return newSiteCommand(
    'plan',
    'Show what an InitialSync would do, by company, and what it would cost; writes nothing',
    ['sync plan', 'sync plan --share 50', 'sync plan --limit 500 --json'],
  )
    .option('--limit <n>', 'companies listed in the text', positive, 50)
    .option('--share <percent>', "when it would be done with that share of the vendors' limits", percent)
    .action(async ({ json, site: named, limit, share }) => {
      const parts = await session.engine();
      const { store, client } = parts;
      const site = await chooseSite(store, named);
      const { id: run } = await startRun(parts, site.id, 'plan');
      await noteChange(parts, theCli, site.id, 'plan started', { run });
      const { terminal } = session;
      const ended = await followRun({
        ...{ store, terminal: json === true ? silent(terminal) : terminal, site: site.id, run, mode: 'plan' },
        signal: session.untilInterrupted(),
        workers: () => hasWorkers(client),
      });
      if (ended?.state !== 'finished') {
        await client.cancelRun(site.id, 'plan');
        throw new CommandFailure(
          exitCode.failed,
          'The plan was stopped before it was complete. Nothing was written; `sync plan` makes a new one.',
        );
      }
      const report = await store.planReport(site.id, run);
      const present = site.settings.budgetShare;
      const reckoning = { limit, present, share: share === undefined ? present : share / 100 };
      answer(session, json, report, () => planText(report, reckoning, terminal));
    });
}

interface Reckoning {
  readonly limit: number;
  /** Of the vendors' limits: the site's present one, and the one that is asked about. */
  readonly present: number;
  readonly share: number;
}

function planText(report: PlanReport, { limit, present, share }: Reckoning, terminal: Terminal): string {
  const { run, companies, counts, replaced } = report;
  const shown = companies.slice(0, limit);
  const rest = companies.length - shown.length;
  return [
    ...companyTable(shown, terminal),
    ...(rest > 0
      ? [`… and ${countText(rest, 'more company', 'more companies')}: --limit or --json shows them.`]
      : []),
    '',
    ...countLines(counts, 'would be', terminal),
    '',
    ...(replaced.length > 0
      ? [
          `${countText(replaced.length, 'value')} would be replaced by the other side's at a first match; --json names each.`,
        ]
      : []),
    planCostText(report, present, share),
    `Nothing was written. \`sync apply ${run}\` does this and nothing else; \`sync start\` also what has changed by then.`,
  ].join('\n');
}

function companyTable(companies: readonly PlannedCompany[], terminal: Terminal): string[] {
  if (companies.length === 0) return ['No company would change.'];
  const columns = [
    { title: 'company', least: 16 },
    { title: 'Teamwork.com' },
    { title: 'Desk' },
    { title: 'company would be', least: 12 },
    { title: 'people', least: 16 },
  ];
  const rows = companies.map(({ name, teamworkId, deskId, outcome, people }) => [
    name === '' ? '(in no company)' : name,
    teamworkId ?? '–',
    deskId ?? '–',
    codeText(outcome),
    Object.entries(people)
      .map(([what, count]) => `${count} ${codeText(what)}`)
      .join(', '),
  ]);
  return tableLines(columns, rows, terminal);
}
