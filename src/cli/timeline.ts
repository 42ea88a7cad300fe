/** `timeline <record>`: everything that was decided, written, lost or broken, latest last. */
import type { JournalEntry, LinkRow } from '../ports/reads';
import { linksNamed, recordForms } from './matches';
import { nameOf } from './link-table';
import { newSiteCommand, positive } from './new-command';
import { harmless } from './plain-text';
import { answer, chooseSite, type Session } from './session';
import { tableLines } from './table';
import type { Terminal } from './terminal';
import { conflictText, keptConflict } from '../wording/conflict-text';
import { codeText, productOf, timeText } from '../wording/words';

interface Timeline {
  readonly row: LinkRow;
  readonly entries: readonly JournalEntry[];
}

export function timelineCommand(session: Session) {
  return newSiteCommand('timeline', 'Show what happened to a record and its link, latest last', [
    'timeline ada@example.com',
    'timeline teamwork:1042 --limit 20 --json',
  ])
    .argument('<record>', recordForms)
    .option('--limit <n>', 'how many of the latest entries are shown', positive, 100)
    .action(async (record, { json, site: named, limit }) => {
      const { store, reads } = await session.storeParts();
      const site = await chooseSite(store, named);
      const rows = await linksNamed(reads, site.id, record);
      const timelines = await Promise.all(
        rows.map(async (row) => ({
          row,
          entries: inOrder(await reads.timeline(site.id, row.link.number, limit)),
        })),
      );
      answer(session, json, { timelines: timelines.map(toJsonTimeline) }, () =>
        timelines.map((timeline) => describe(timeline, session.terminal)).join('\n\n'),
      );
    });
}

function inOrder(entries: readonly JournalEntry[]): JournalEntry[] {
  const latestFirst = (entries[0]?.at ?? '') > (entries.at(-1)?.at ?? '');
  return latestFirst ? [...entries].reverse() : [...entries];
}

function toJsonTimeline({ row: { link }, entries }: Timeline) {
  return {
    link: link.number === 0 ? null : link.number,
    kind: link.kind,
    teamworkId: link.ids.teamwork,
    deskId: link.ids.desk,
    entries,
  };
}

function describe({ row, entries }: Timeline, terminal: Terminal): string {
  const { link } = row;
  const number = link.number === 0 ? 'no link yet' : `link ${link.number}`;
  const head = terminal.paint('strong', `${link.kind} ${harmless(nameOf(row))}, ${number}`);
  if (entries.length === 0) return `${head}\nNothing has happened to it yet.`;
  const columns = [
    { title: 'when (UTC)' },
    { title: 'what' },
    { title: 'where' },
    { title: 'details', least: 20 },
  ];
  const rows = entries.map((entry) => [
    ...[timeText(entry.at), codeText(entry.event), entry.side === null ? '' : productOf[entry.side]],
    factsText(entry),
  ]);
  return [head, ...tableLines(columns, rows, terminal)].join('\n');
}

function factsText(entry: JournalEntry): string {
  const { detail } = entry;
  const conflict = keptConflict(entry);
  if (conflict !== null) return conflictText(conflict);
  return Object.entries(detail)
    .flatMap(([key, value]) =>
      value === null ? [] : [`${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`],
    )
    .join(', ');
}
