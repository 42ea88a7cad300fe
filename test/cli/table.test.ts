import { widthOf } from '../../src/cli/plain-text';
import { tableLines } from '../../src/cli/table';
import type { Terminal } from '../../src/cli/terminal';

const at = (width: number): Pick<Terminal, 'width' | 'paint'> => ({
  width: () => width,
  paint: (_tone, text) => text,
});
const columns = [
  { title: 'link', align: 'right' as const },
  { title: 'name', least: 6 },
  { title: 'status' },
];

test('columns are as wide as they need', () => {
  expect(tableLines(columns, [['1', 'Acme', 'in sync']], at(80))).toEqual([
    'link  name  status',
    '   1  Acme  in sync',
  ]);
});

test.each([24, 40, 80])('at %i columns no line is longer, whatever the names', (width) => {
  const rows = [
    ['1', '株式会社'.repeat(10), 'in sync'],
    ['2', 'a very long name of a company indeed, with a comma', 'in sync'],
  ];
  for (const line of tableLines(columns, rows, at(width))) expect(widthOf(line)).toBeLessThanOrEqual(width);
});

test('what identifies a row is never cut', () => {
  const [, row = ''] = tableLines(columns, [['123456', 'Acme Limited', 'in sync']], at(10));
  expect(row).toContain('123456');
});

test('a name cannot start a line of its own', () => {
  expect(tableLines(columns, [['1', 'a\nb', 'in sync']], at(80))).toHaveLength(2);
});

test('where a program reads, nothing is cut', () => {
  const name = 'a very long name of a company indeed, with a comma';
  expect(tableLines(columns, [['1', name.repeat(9), 'in sync']], at(Infinity))[1]).toContain(name.repeat(9));
});

test('colour is laid around the text alone, and changes no width', () => {
  const painted = { width: () => 80, paint: (tone: string, text: string) => `<${tone}:${text}>` };
  const rows = [[{ text: '1', tone: 'warn' as const }, 'Acme', { text: 'in sync', tone: 'good' as const }]];
  expect(tableLines(columns, rows, painted)).toEqual([
    '<faint:link>  <faint:name>  <faint:status>',
    '   <warn:1>  Acme  <good:in sync>',
  ]);
});
