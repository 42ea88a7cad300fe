import { relative } from 'node:path';
import ts from 'typescript';
import { forbiddenImports } from './support/import-table';
import { parse } from './support/imports';
import { contains, faulty, filesOf, type SourceFile } from './support/source-files';

const product = filesOf('src');
const everything = [...product, ...filesOf('test', 'bench')];

const readsEnvironment = (file: SourceFile): boolean =>
  contains(file, (node) => ts.isPropertyAccessExpression(node) && node.getText() === 'process.env') ||
  /from '(node:)?process'/.test(file.text);

/** A file that only passes on what others export. */
const isBarrel = ({ path, text }: SourceFile): boolean => {
  const { statements } = parse(path, text);
  return (
    statements.some((s) => ts.isExportDeclaration(s)) &&
    statements.every((s) => ts.isExportDeclaration(s) || ts.isImportDeclaration(s))
  );
};

const isDrawer = ({ path }: SourceFile): boolean =>
  /(^|[/.-])(utils?|helpers?|common|shared|types|misc)([/.-]|$)/.test(path);

const exportsDefault = (file: SourceFile): boolean =>
  contains(
    file,
    (node) =>
      ts.isExportAssignment(node) ||
      (node.kind === ts.SyntaxKind.DefaultKeyword && ts.isFunctionLike(node.parent)),
  );

const sendsDelete = (file: SourceFile): boolean =>
  contains(file, (node) => ts.isStringLiteralLike(node) && /^delete$/i.test(node.text));

const asksAcrossSites = (file: SourceFile): boolean =>
  contains(file, (node) => ts.isIdentifier(node) && node.text === 'acrossSites');

const longest = 250;
const isLong = ({ text }: SourceFile): boolean => text.trimEnd().split('\n').length > longest;

describe('imports', () => {
  test('keep to the table', () => {
    expect(product.flatMap(({ path, text }) => forbiddenImports(relative('src', path), text))).toEqual([]);
  });

  test.each([
    ['domain/plan.ts', "import { createHash } from 'node:crypto';", 'src/domain/plan.ts imports node:crypto'],
    [
      'domain/plan.ts',
      "import type { Store } from '../ports/store';",
      'src/domain/plan.ts imports type ports/store.ts',
    ],
    [
      'ports/store.ts',
      "import { kinds } from '../domain/record';",
      'src/ports/store.ts imports domain/record.ts',
    ],
    [
      'workflows/sync.ts',
      "import { observe } from '../activities/observe';",
      'src/workflows/sync.ts imports activities/observe.ts',
    ],
    ['workflows/sync.ts', "import { z } from 'zod';", 'src/workflows/sync.ts imports zod'],
    [
      'apis/http.ts',
      "export { open } from '../store/open-store';",
      'src/apis/http.ts imports store/open-store.ts',
    ],
    [
      'sandbox/desk/app.ts',
      "const client = require('../../apis/http');",
      'src/sandbox/desk/app.ts imports apis/http.ts',
    ],
    [
      'worker.ts',
      "const stack = await import('./embedded/stack.js');",
      'src/worker.ts imports embedded/stack.ts',
    ],
    ['start.ts', "import { serve } from './sandbox/server';", 'src/start.ts imports sandbox/server.ts'],
    [
      'embedded/stack.ts',
      "import { readConfig } from '../config';",
      'src/embedded/stack.ts imports config.ts',
    ],
    [
      'cli/sites.ts',
      'let store: import("../store/sites").Sites;',
      'src/cli/sites.ts imports type store/sites.ts',
    ],
    ['stray.ts', "import { readFile } from 'node:fs';", 'src/stray.ts imports node:fs'],
    ['store/sites.ts', 'await import(name);', 'src/store/sites.ts imports computed: name'],
  ])('a breach is found in %s: %s', (path, source, breach) => {
    expect(forbiddenImports(path, source)).toEqual([breach]);
  });

  test.each([
    ['domain/plan.ts', "import { merge } from './merge';"],
    ['workflows/sync.ts', "import type { Activities } from '../activities/create-activities';"],
    ['workflows/sync.ts', "import { type Activities } from '../activities/create-activities';"],
    ['embedded/stack.ts', "import type { Config } from '../config';"],
    ['cli/main.ts', "import { readStackFile } from '../embedded/stack-file';"],
  ])('what is allowed is let through in %s: %s', (path, source) => {
    expect(forbiddenImports(path, source)).toEqual([]);
  });
});

describe('files', () => {
  test('only config.ts reads the environment', () => {
    expect(faulty(product, readsEnvironment)).toEqual(['src/config.ts']);
  });

  test('none but the workflows entry passes on what others export', () => {
    expect(faulty(product, isBarrel)).toEqual(['src/workflows/index.ts']);
  });

  test('none is a drawer for what has no place', () => {
    expect(faulty(everything, isDrawer)).toEqual([]);
  });

  test(`none has more than ${longest} lines`, () => {
    expect(faulty(everything, isLong)).toEqual([]);
  });

  test('none is named but in lower case with hyphens', () => {
    expect(
      faulty(everything, ({ path }) => !/^([a-z0-9-]+\/)+[a-z0-9-]+(\.test|\.d)?\.tsx?$/.test(path)),
    ).toEqual([]);
  });

  test('each says in its first line what it owns', () => {
    expect(faulty(product, ({ text }) => !/^(#!.*\n)?\/\*\*/.test(text))).toEqual([]);
  });

  test('none exports by default', () => {
    expect(faulty(product, exportsDefault)).toEqual([]);
  });

  test('R24 none of the engine sends a DELETE', () => {
    expect(faulty(product, (file) => !file.path.startsWith('src/sandbox/') && sendsDelete(file))).toEqual([]);
  });

  test('only what is of all sites or of none is asked across the wall between them', () => {
    expect(faulty(product, asksAcrossSites)).toEqual([
      // Users, sessions, what was done of no site.
      'src/store/accounts.ts',
      'src/store/database.ts',
      // The dispatcher's and the alarms' question of which sites have work; deliveries too old to keep.
      'src/store/deliveries.ts',
      // /metrics
      'src/store/figures.ts',
      'src/store/migrate.ts',
      // Who is signed in.
      'src/store/sessions.ts',
      // The list of sites.
      'src/store/sites.ts',
    ]);
  });

  test('no check is silenced', () => {
    const silenced = new RegExp(
      ['eslint-' + 'disable', '@ts-' + '(ignore|nocheck|expect-error)', 'as ' + 'any\\b'].join('|'),
    );
    expect(faulty(everything, ({ text }) => silenced.test(text))).toEqual([]);
  });

  test('no test is left out', () => {
    const leftOut = /^\s*(x(it|test|describe)|(it|test|describe)\.(skip|only|todo|failing))\b/m;
    expect(faulty(filesOf('test'), ({ text }) => leftOut.test(text))).toEqual([]);
  });

  test.each([
    ['the environment', readsEnvironment, 'const port = process.env.PORT;'],
    ['a barrel', isBarrel, "export { a } from './a';\nexport * from './b';"],
    ['a call that deletes', sendsDelete, "call({ method: 'delete', path });"],
    ['a look across sites', asksAcrossSites, 'await sql`select from links`.execute(db.acrossSites);'],
    ['a default export', exportsDefault, 'export default function start(): void {}'],
    ['a default export', exportsDefault, 'const a = 1;\nexport default a;'],
    ['a long file', isLong, 'x;\n'.repeat(longest + 1)],
  ])('the check finds %s', (_what, check, text) => {
    expect(check({ path: 'src/made-up.ts', text })).toBe(true);
  });

  test.each(['src/store/utils.ts', 'src/helpers/merge.ts', 'test/support/test-helpers.ts'])(
    'the check finds the drawer %s',
    (path) => {
      expect(isDrawer({ path, text: '' })).toBe(true);
    },
  );
});
