/** What came of records, counted by kind: one row for each outcome, the most frequent first. */
import { kinds, type Kind } from '../domain/record';
import { codeText, numberText, pluralOf } from '../wording/words';
import { tableLines } from './table';
import type { Terminal } from './terminal';

export type Counts = Readonly<Record<Kind, Readonly<Record<string, number>>>>;

export function countLines(
  counts: Counts,
  title: string,
  terminal: Pick<Terminal, 'width' | 'paint'>,
): string[] {
  const totals = new Map<string, number>();
  for (const kind of kinds) {
    for (const [what, count] of Object.entries(counts[kind])) {
      totals.set(what, (totals.get(what) ?? 0) + count);
    }
  }
  if (totals.size === 0) return [];
  const columns = [
    { title, least: 20 },
    ...kinds.map((kind) => ({ title: pluralOf[kind], align: 'right' as const })),
  ];
  const rows = [...totals]
    .sort(([, one], [, other]) => other - one)
    .map(([what]) => [codeText(what), ...kinds.map((kind) => cell(counts[kind][what]))]);
  return tableLines(columns, rows, terminal);
}

function cell(count: number | undefined): string {
  return count === undefined ? '–' : numberText(count);
}
