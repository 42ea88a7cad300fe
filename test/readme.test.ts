import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeConfig } from '../src/config';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const words = (line: string): string => line.replace(/\s+/g, ' ').trim();
const lines = new Set(readme.split('\n').map(words));

test.each(describeConfig())(
  'the README tells $name as config.ts has it',
  ({ name, default: value, meaning }) => {
    const shown = value === undefined ? '' : `\`${value}\``;
    expect(lines).toContain(words(`| \`${name}\` | ${shown} | ${meaning} |`));
  },
);

test('the README tells of no variable that config.ts does not know', () => {
  const table = readme.split('## Configuration')[1]?.split('\n## ')[0] ?? '';
  const told = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
  expect(told).toEqual(describeConfig().map(({ name }) => name));
});

test.each(['npm ci && npm start', 'npm ci && npm test'])('%s stands on a line of its own', (command) => {
  expect(readme.split('\n')).toContain(command);
});

const docs = [
  'README.md',
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

test.each(docs)('%s names files that are there', (name) => {
  const text = readFileSync(join(root, name), 'utf8');
  const named = [...text.matchAll(/`((?:src|test|docs|deploy|bench)\/[\w./-]*)`/g)].flatMap(
    ([, path]) => path ?? [],
  );
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
