/** `sync undo`: shows what a run linked or created, and unlinks all of it or the links that are named (R24). */
import { InvalidArgumentError } from '@commander-js/extra-typings';
import { theCli } from '../change-note';
import type { StoreParts } from '../engine-parts';
import { kinds } from '../domain/record';
import type { RunLink } from '../ports/reads';
import { runToUndo, undoRun, type Undone } from '../undo-run';
import { countText, numberText, pluralOf } from '../wording/words';
import { CommandFailure, exitCode, usageFailure } from './failures';
import { silent } from './follow-run';
import { nameOf } from './link-table';
import { newSiteCommand, programName } from './new-command';
import { answer, chooseSite, type Session } from './session';
import { tableLines } from './table';
import type { Terminal } from './terminal';

const named = 20;
const readAtATime = 1_000;

export function syncUndoCommand(session: Session) {
  return newSiteCommand(
    'undo',
    'Show what a run linked or created, and unlink it: no record is deleted or written to',
    [
      'sync undo 0199f0c2-6f6e-7b1c-9d3a-0c5a1be7a9d4',
      'sync undo 0199f0c2-6f6e-7b1c-9d3a-0c5a1be7a9d4 17 21',
      'sync undo 0199f0c2-6f6e-7b1c-9d3a-0c5a1be7a9d4 --yes --json',
    ],
  )
    .argument('<run>', 'the id that `sync status` shows')
    .argument(
      '[links...]',
      'numbers of the links to break; left out: none, or all with --yes',
      linkNumbers,
      [],
    )
    .option('--yes', 'all that the run linked or created and that is linked still')
    .action(async (id, chosen, { json, site: of, yes }) => {
      if (yes === true && chosen.length > 0) throw usageFailure('Name links, or give --yes for all of them.');
      if (yes !== true && chosen.length === 0) {
        const { run, links } = await foundBy(await session.storeParts(), of, id);
        answer(session, json, { run, unlinked: [], refused: [], links: links.map(toJsonLink) }, () =>
          offerText(run, links, session.terminal),
        );
        return;
      }
      const parts = await session.engine();
      const { site, run, links: all } = await foundBy(parts, of, id);
      const links = yes === true ? all : theChosen(all, chosen);
      const shown = json === true ? silent(session.terminal) : session.terminal;
      const undone = await undoRun(parts, {
        ...{ site, run, who: theCli, links },
        tell: (tried) => shown.redraw(`Unlinking  ${numberText(tried)}/${numberText(links.length)}`),
      }).finally(() => shown.redraw(''));
      answer(session, json, { run, ...undone, links: links.map(toJsonLink) }, () => undoneText(undone));
      if (undone.refused.length > 0) session.exitWith(exitCode.no);
    });
}

async function foundBy(parts: StoreParts, siteNamed: string | undefined, id: string) {
  const site = (await chooseSite(parts.store, siteNamed)).id;
  const run = await runToUndo(parts.store, site, id);
  if (run === null)
    throw usageFailure(`${site} has no run ${id} that could link: \`sync status\` shows the id of the last.`);
  return { site, run: run.id, links: await linksOf(parts, site, run.id) };
}

/** Gathers them one by one, as commander reads them. */
function linkNumbers(text: string, before: readonly number[] = []): readonly number[] {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('Expected the number of a link.');
  return [...before, Number(text)];
}

async function linksOf({ reads }: StoreParts, site: string, run: string): Promise<readonly RunLink[]> {
  const links: RunLink[] = [];
  for (;;) {
    const page = await reads.runLinks(site, run, links.at(-1)?.link.number ?? 0, readAtATime);
    links.push(...page);
    if (page.length < readAtATime) return links;
  }
}

/** All of them, or nothing is done. */
function theChosen(all: readonly RunLink[], chosen: readonly number[]): readonly RunLink[] {
  const strangers = chosen.filter((number) => all.every(({ link }) => link.number !== number));
  if (strangers.length > 0) {
    throw new CommandFailure(
      exitCode.no,
      `Not linked or created by this run, or not linked any more: ${strangers.join(', ')}. Nothing was done.`,
      { links: strangers },
    );
  }
  return all.filter(({ link }) => chosen.includes(link.number));
}

function toJsonLink(row: RunLink) {
  const { number, kind, ids } = row.link;
  return { link: number, kind, did: row.did, teamworkId: ids.teamwork, deskId: ids.desk, name: nameOf(row) };
}

function offerText(run: string, all: readonly RunLink[], terminal: Terminal): string {
  if (all.length === 0) return 'Nothing of this run is linked any more, so there is nothing to undo.';
  const columns = [
    { title: 'link', align: 'right' as const },
    { title: 'name', least: 12 },
    { title: 'kind' },
    { title: 'Teamwork.com', align: 'right' as const },
    { title: 'Desk', align: 'right' as const },
    { title: 'the run', least: 8 },
  ];
  const rows = all.slice(0, named).map((row) => {
    const { number, kind, ids } = row.link;
    return [String(number), nameOf(row), kind, ids.teamwork ?? '–', ids.desk ?? '–', `${row.did} it`];
  });
  const rest = all.length - rows.length;
  const counts = kinds.map((kind) => {
    const count = all.filter(({ link }) => link.kind === kind).length;
    return countText(count, kind, pluralOf[kind]);
  });
  return [
    ...tableLines(columns, rows, terminal),
    ...(rest > 0 ? [`… and ${numberText(rest)} more: --json names each.`] : []),
    '',
    `Linked still: ${counts.join(' and ')}. Unlinked, every record stays where it is, with the values that it has; \`relink\` joins them again.`,
    `Nothing was done. \`${programName} sync undo ${run} --yes\` unlinks all of them; with link numbers instead of --yes only those.`,
  ].join('\n');
}

function undoneText({ unlinked, refused }: Undone): string {
  return [
    `${countText(unlinked.length, 'link')} broken; every record stays. \`relink <number>\` joins one again.`,
    ...refused.slice(0, named).map(({ link, why }) => `Link ${link}: ${why}`),
    ...(refused.length > named
      ? [`… and ${numberText(refused.length - named)} more: --json names each.`]
      : []),
  ].join('\n');
}
