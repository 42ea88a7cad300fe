/** `timeline <record>`: everything that was decided, written, lost or broken, latest last. */
import type { JournalEntry, LinkRow } from '../ports/reads';
import { linksNamed, recordForms } from './matches';
import { nameOf } from './link-table';
import { newSiteCommand, positive } from './new-command';
import { harmless } from './plain-text';
import { answer, chooseSite, type Session } from './session';
import type { Terminal } from './terminal';
import { codeText, countText, productOf, timeText } from '../wording/words';

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

function describe({ row, entries }: Timeline, { paint }: Terminal): string {
  const { link } = row;
  const number = link.number === 0 ? 'no link yet' : `link ${link.number}`;
  const head = paint('strong', `${link.kind} ${harmless(nameOf(row))}, ${number}`);
  if (entries.length === 0) return `${head}\n  Nothing has happened to it yet.`;
  return [
    head,
    ...entries.map((entry) => `  ${timeText(entry.at)}  ${eventText(entry)}`),
    `  ${countText(entries.length, 'entry', 'entries')}, times in UTC`,
  ].join('\n');
}

function eventText({ event, side, detail }: JournalEntry): string {
  const facts = Object.entries(detail).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const where = side === null ? '' : ` (${productOf[side]})`;
  return harmless(`${codeText(event)}${where}${facts.length === 0 ? '' : `: ${facts.join(', ')}`}`);
}
