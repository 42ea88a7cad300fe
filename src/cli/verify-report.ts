/** What `verify` found, as text and as JSON. */
import { explanations } from '../domain/explain';
import { kinds } from '../domain/record';
import type { Cause, Difference, Explained, VerifyReport } from '../domain/verify';
import { countLines, type Counts } from './count-table';
import { tableLines } from './table';
import type { Terminal } from './terminal';
import { codeText, countText, numberText, pluralOf } from '../wording/words';

const causeTexts: Readonly<Record<Cause, string>> = {
  fields_differ: 'fields differ',
  no_counterpart: 'has no counterpart',
  record_gone: 'one of its records is gone',
  two_links: 'is in two links',
  revived: 'was broken and is joined again',
  failing: 'failing',
  pending: 'not written yet',
  status_unfounded: 'held back for a reason that is not there',
  unreadable: 'could not be understood',
  initial_sync_unfinished: 'No InitialSync has finished yet: `sync status` shows where it is.',
};

const mostShown = 50;

export function verifyText(report: VerifyReport, terminal: Pick<Terminal, 'width' | 'paint'>): string {
  const { differences, explained, agreed } = report;
  const shown = differences.filter(({ kind }) => kind !== null).slice(0, mostShown);
  const rest = differences.filter(({ kind }) => kind !== null).length - shown.length;
  const general = differences.filter(({ kind }) => kind === null).map(({ cause }) => causeTexts[cause]);
  return [
    `Agreed: ${kinds.map((kind) => `${numberText(agreed[kind])} ${pluralOf[kind]}`).join(', ')}.`,
    ...unreadLine(report),
    ...(explained.length === 0
      ? []
      : [
          `Explained: ${numberText(explained.length)}.`,
          ...countLines(explainedCounts(explained), 'explained by', terminal),
        ]),
    differences.length === 0 ? 'No differences.' : `${countText(differences.length, 'difference')}:`,
    ...general,
    ...(shown.length === 0 ? [] : differenceTable(shown, terminal)),
    ...(rest > 0 ? [`… and ${numberText(rest)} more: --json lists them all.`] : []),
    ...(shown.length === 0 ? [] : ['`explain <record>` says what would put each right.']),
  ].join('\n');
}

function differenceTable(
  differences: readonly Difference[],
  terminal: Pick<Terminal, 'width' | 'paint'>,
): string[] {
  const columns = [
    { title: 'kind' },
    { title: 'link', align: 'right' as const },
    { title: 'Teamwork.com', align: 'right' as const },
    { title: 'Desk', align: 'right' as const },
    { title: 'difference', least: 20 },
  ];
  const rows = differences.map(({ kind, link, ids, cause, fields, reason }) => [
    kind ?? '',
    link === null ? '–' : String(link),
    ids.teamwork ?? '–',
    ids.desk ?? '–',
    [
      causeTexts[cause],
      ...(fields.length > 0 ? [fields.join(', ')] : []),
      ...(reason === null || reason === 'agreed' ? [] : [codeText(reason)]),
    ].join(': '),
  ]);
  return tableLines(columns, rows, terminal);
}

function explainedCounts(explained: readonly Explained[]): Counts {
  const counts = { company: new Map<string, number>(), customer: new Map<string, number>() };
  for (const { kind, status, reason } of explained) {
    const what = `${status}${reason === null ? '' : `: ${reason}`}`;
    const of = counts[kind ?? 'company'];
    of.set(what, (of.get(what) ?? 0) + 1);
  }
  return { company: Object.fromEntries(counts.company), customer: Object.fromEntries(counts.customer) };
}

function unreadLine({ unread }: VerifyReport): string[] {
  const fields = Object.entries(unread);
  if (fields.length === 0) return [];
  return [
    `Not compared, for a listing does not carry it: ${fields.map(([field, count]) => `${field} of ${numberText(count)}`).join(', ')}.`,
  ];
}

/** `company excluded: not_asked` → number, most first. */
function countByReason(explained: readonly Explained[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, status, reason } of explained) {
    const what = `${kind ?? ''} ${status}${reason === null ? '' : `: ${reason}`}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

export function toJsonVerify({ differences, explained, agreed, unread }: VerifyReport) {
  return {
    differences: differences.map(toJsonDifference),
    explained: explained.map(({ kind, link, ids, status, reason, fields }) => ({
      ...{ kind, link, teamworkId: ids.teamwork, deskId: ids.desk, status, reason, fields },
    })),
    counts: { agreed, differences: differences.length, explained: countByReason(explained), unread },
  };
}

function toJsonDifference({ cause, kind, link, ids, fields, reason }: Difference) {
  const sentence = reason === null ? null : explanations[reason].sentence;
  return { cause, kind, link, teamworkId: ids.teamwork, deskId: ids.desk, fields, reason, sentence };
}
