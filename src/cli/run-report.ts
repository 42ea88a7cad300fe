/** What a run came to, as text: records read by scope (R1), outcomes by kind with their reasons, calls made. */
import { kinds, sides } from '../domain/record';
import type { Run, ScopeCounts } from '../ports/runs';
import { tableLines } from './table';
import { codeText, durationText, numberText, pluralOf, productOf } from '../wording/words';

const scopes: readonly (keyof ScopeCounts)[] = ['client', 'owner', 'staff', 'service'];
const scopeTitles: Readonly<Record<keyof ScopeCounts, string>> = {
  client: 'in scope',
  owner: 'owner',
  staff: 'staff',
  service: 'service',
};

export function runReport(run: Run, width: number): string {
  return [headline(run), '', ...readTable(run, width), '', ...outcomeLines(run), callsLine(run)].join('\n');
}

export function headline({ mode, site, state, startedAt, finishedAt }: Run): string {
  const what = mode === 'plan' ? `Plan for ${site}` : `InitialSync of ${site}`;
  if (finishedAt === null) return `${what}: ${state} since ${startedAt}.`;
  return `${what} ${state} after ${durationText((Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000)}.`;
}

function readTable({ counts }: Run, width: number): string[] {
  const columns = ['', 'read', ...scopes.map((scope) => scopeTitles[scope])].map((title, index) =>
    index === 0 ? { title } : { title, align: 'right' as const },
  );
  const rows = sides.flatMap((side) =>
    kinds.map((kind) => {
      const byScope = scopes.map((scope) => counts.read[side][kind][scope]);
      const read = byScope.reduce((sum, count) => sum + count, 0);
      return [`${productOf[side]} ${pluralOf[kind]}`, ...[read, ...byScope].map(numberText)];
    }),
  );
  return tableLines(columns, rows, width);
}

function outcomeLines({ counts }: Run): string[] {
  const lines = kinds.flatMap((kind) => {
    const outcomes = Object.entries(counts.outcomes[kind]).sort(([, a], [, b]) => b - a);
    if (outcomes.length === 0) return [];
    return [
      `${pluralOf[kind]}:`,
      ...outcomes.map(([what, count]) => `  ${numberText(count).padStart(7)}  ${codeText(what)}`),
    ];
  });
  const { unreadable } = counts;
  return unreadable === 0
    ? lines
    : [
        ...lines,
        `${numberText(unreadable)} listing entries could not be understood and were left alone; \`verify\` names them.`,
      ];
}

function callsLine({ calls }: Run): string {
  return `calls: ${sides.map((side) => `${productOf[side]} ${numberText(calls[side])}`).join(', ')}`;
}
