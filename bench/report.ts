/** `docs/performance.md`: the figures as they were measured last, each with its date and its command. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figures';

const page = join(__dirname, '../docs/performance.md');
const [begin, end] = ['<!-- figures -->', '<!-- /figures -->'];
const heads = ['command', 'figure', 'value', 'unit', 'goal', 'met', 'measured'];

/** Puts these figures into the page; those of other benches stay as they were measured. */
export function report(figures: readonly Figure[]): void {
  const text = readFileSync(page, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`docs/performance.md has no place for figures: ${begin} … ${end}.`);
  const commands = new Set(figures.map(commandOf));
  const kept = rowsIn(text.slice(from, to)).filter(([command = '']) => !commands.has(command));
  const rows = [...kept, ...figures.map(rowOf)].sort(([one = ''], [other = '']) => one.localeCompare(other));
  writeFileSync(page, `${text.slice(0, from)}${begin}\n\n${table(rows)}\n\n${text.slice(to)}`);
}

function commandOf({ bench }: Figure): string {
  return `\`npm run bench -- ${bench}\``;
}

function rowOf(figure: Figure): string[] {
  const { figure: name, value, unit, goal, met } = figure;
  const measured = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.versions.node}`;
  const isMet = met === null ? '' : met ? 'yes' : 'no';
  return [
    commandOf(figure),
    name,
    String(value),
    unit,
    (goal ?? '').replace('<=', '≤').replace('>=', '≥'),
    isMet,
    measured,
  ];
}

function rowsIn(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Aligned, as the formatter would have it. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
