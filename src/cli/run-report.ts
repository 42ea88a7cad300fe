/** What a run came to, as text: records read by scope (R1), outcomes by kind with their reasons, calls made. */
import { kinds, sides } from '../domain/record';
import type { Run, ScopeCounts } from '../ports/runs';
import { countLines } from './count-table';
import { tableLines } from './table';
import type { Terminal } from './terminal';
import { durationText, numberText, pluralOf, productOf, timeText } from '../wording/words';

const scopes: readonly (keyof ScopeCounts)[] = ['client', 'owner', 'staff', 'service'];
const scopeTitles: Readonly<Record<keyof ScopeCounts, string>> = {
  client: 'in scope',
  owner: 'owner',
  staff: 'staff',
  service: 'service',
};

type On = Pick<Terminal, 'width' | 'paint'>;

export function runReport(run: Run, on: On): string {
  return [headline(run), '', ...readTable(run, on), '', ...outcomeLines(run, on), callsLine(run)].join('\n');
}

export function headline({ mode, site, state, startedAt, finishedAt }: Run): string {
  const what = mode === 'plan' ? `Plan for ${site}` : `InitialSync of ${site}`;
  if (finishedAt === null) return `${what}: ${state} since ${timeText(startedAt)} (UTC).`;
  return `${what} ${state} after ${durationText((Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000)}.`;
}

function readTable({ counts }: Run, on: On): string[] {
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
  return tableLines(columns, rows, on);
}

function outcomeLines({ counts }: Run, on: On): string[] {
  const lines = countLines(counts.outcomes, 'outcome', on);
  const { unreadable } = counts;
  return [
    ...lines,
    ...(unreadable === 0
      ? []
      : [
          `${numberText(unreadable)} listing entries could not be understood and were left alone; \`verify\` names them.`,
        ]),
    ...(lines.length === 0 && unreadable === 0 ? [] : ['']),
  ];
}

function callsLine({ calls }: Run): string {
  return `Calls: ${sides.map((side) => `${productOf[side]} ${numberText(calls[side])}`).join(', ')}`;
}
