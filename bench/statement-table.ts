/** The statements whose plans were seen, as tables to look at: in `.data/statements.md`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Statement } from './query-plans';

const folder = join(__dirname, '../.data');
const shown = 160;

export function writeStatements(groups: Readonly<Record<string, readonly Statement[]>>): void {
  mkdirSync(folder, { recursive: true });
  const text = Object.entries(groups).map(
    ([name, statements]) => `## ${name}\n\n${[...statements].sort(byBuffers).map(rowOf).join('\n')}\n`,
  );
  writeFileSync(join(folder, 'statements.md'), text.join('\n'));
}

function byBuffers(one: Statement, other: Statement): number {
  return other.mostBuffers - one.mostBuffers;
}

function rowOf({ text, seen, mostMs, mostBuffers, indexes, scanned }: Statement): string {
  const scans = [...scanned].map(([table, rows]) => `${table} ${rows}`).join(', ');
  const facts = `seen ${seen}, at most ${mostMs} ms, ${mostBuffers} buffers`;
  return `- ${facts}; indexes: ${[...indexes].join(', ') || 'none'}; scanned: ${scans || 'none'}\n  \`${text.slice(0, shown)}\``;
}
