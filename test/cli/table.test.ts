import { widthOf } from '../../src/cli/plain-text';
import { tableLines } from '../../src/cli/table';

const columns = [
  { title: 'link', align: 'right' as const },
  { title: 'name', least: 6 },
  { title: 'status' },
];

test('columns are as wide as they need', () => {
  expect(tableLines(columns, [['1', 'Acme', 'in sync']], 80)).toEqual([
    'link  name  status',
    '   1  Acme  in sync',
  ]);
});

test.each([24, 40, 80])('at %i columns no line is longer, whatever the names', (width) => {
  const rows = [
    ['1', '株式会社'.repeat(10), 'in sync'],
    ['2', 'a very long name of a company indeed, with a comma', 'in sync'],
  ];
  for (const line of tableLines(columns, rows, width)) expect(widthOf(line)).toBeLessThanOrEqual(width);
});

test('what identifies a row is never cut', () => {
  const [, row = ''] = tableLines(columns, [['123456', 'Acme Limited', 'in sync']], 10);
  expect(row).toContain('123456');
});

test('a name cannot start a line of its own', () => {
  expect(tableLines(columns, [['1', 'a\nb', 'in sync']], 80)).toHaveLength(2);
});
