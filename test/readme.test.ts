import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeConfig } from '../src/config';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
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
