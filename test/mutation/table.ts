/** `npm run -s mutate:table`: what every `npm run mutate` until now has found, by file, as a table of docs/mutation.md. */
import { readFileSync } from 'node:fs';

/** Stryker's own report, as far as it is told here. */
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

const { incrementalFile } = JSON.parse(readFileSync('stryker.config.json', 'utf8')) as {
  readonly incrementalFile: string;
};
const { files } = JSON.parse(readFileSync(incrementalFile, 'utf8')) as Report;

function rowOf(name: string, statuses: readonly string[]): readonly string[] {
  const count = (...wanted: readonly string[]) => statuses.filter((status) => wanted.includes(status)).length;
  const [found, lives] = [count('Killed', 'Timeout'), count('Survived', 'NoCoverage')];
  const score = found + lives === 0 ? '–' : `${((100 * found) / (found + lives)).toFixed(1)} %`;
  return [name, ...[found + lives, found, lives].map(String), score];
}

const statusesOf = ([, { mutants }]: readonly [string, Report['files'][string]]) =>
  mutants.map(({ status }) => status);
const all = Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1));
const rows = [
  ['file', 'mutants', 'found', 'survive', 'score'],
  ...all.map((file) => rowOf(`\`${file[0]}\``, statusesOf(file))),
  rowOf('**all**', all.flatMap(statusesOf)),
].filter(([, mutants]) => mutants !== '0');

const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
const line = (cells: readonly string[]) =>
  `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
const [head = [], ...body] = rows;
const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
console.log([line(head), rule, ...body.map(line)].join('\n'));
