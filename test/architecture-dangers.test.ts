/** What leads out of the process, and what would run text as code: a short list of files, or nowhere. */
import ts from 'typescript';
import { importsOf } from './support/imports';
import { contains, faulty, filesOf, type SourceFile } from './support/source-files';

const product = filesOf('src');
/** The sandbox stands for the vendors and goes nowhere near a customer's data. */
const engine = product.filter(({ path }) => !path.startsWith('src/sandbox/'));

const imports = (file: SourceFile, modules: RegExp): boolean =>
  importsOf(file.path, file.text).some(({ specifier, typeOnly }) => !typeOnly && modules.test(specifier));

const isNamed = (node: ts.Node, names: RegExp): boolean => ts.isIdentifier(node) && names.test(node.text);

/** Sockets of every kind. */
const goesOut = (file: SourceFile): boolean =>
  imports(file, /^(node:)?(https?|http2|net|tls|dgram|undici|ws)$/) ||
  contains(file, (node) => isNamed(node, /^(fetch|WebSocket|XMLHttpRequest)$/));

const startsPrograms = (file: SourceFile): boolean => imports(file, /^(node:)?(child_process|cluster)$/);

/** Text that becomes code, a command of a shell, or markup. */
const runsText = (file: SourceFile): boolean =>
  imports(file, /^(node:)?vm$/) ||
  contains(
    file,
    (node) =>
      isNamed(node, /^(eval|Function|execSync|dangerouslySetInnerHTML|innerHTML)$/) ||
      (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === 'exec') ||
      (ts.isPropertyAssignment(node) && node.name.getText() === 'shell'),
  );

/** Checks of Node's own that somebody could switch off. */
const switchesOffChecks = (file: SourceFile): boolean =>
  contains(
    file,
    (node) =>
      isNamed(node, /^(insecureHTTPParser|rejectUnauthorized|checkServerIdentity)$/) ||
      (ts.isStringLiteralLike(node) &&
        /NODE_TLS_REJECT_UNAUTHORIZED|--insecure-http-parser|sslmode=no-verify/.test(node.text)),
  );

/** Statements that are put together of anything but what stands in the source; `sql.lit` quotes. */
const joinsStatements = (file: SourceFile): boolean =>
  contains(file, (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'sql.raw') return false;
    const [text] = node.arguments;
    return text !== undefined && !ts.isStringLiteralLike(text);
  });

test('only these go out: to the vendors, to what runs on this machine, or to listen', () => {
  expect(faulty(engine, goesOut).sort()).toEqual([
    // Compares addresses, reaches none.
    'src/apis/file-addresses.ts',
    'src/apis/http.ts',
    'src/apis/pictures.ts',
    // Whether a port is free, and whether what was started answers.
    'src/embedded/free-port.ts',
    'src/embedded/stack.ts',
    'src/health-check.ts',
    'src/start-processes.ts',
    'src/worker-health.ts',
  ]);
});

test('only `npm start` starts programs', () => {
  expect(faulty(engine, startsPrograms).filter((path) => !path.startsWith('src/embedded/'))).toEqual([]);
});

test('none runs text as code, as a command or as markup', () => {
  expect(faulty(product, runsText)).toEqual([]);
});

test('none switches off a check of TLS or of HTTP', () => {
  expect(faulty(product, switchesOffChecks)).toEqual([]);
});

test('SQL is what stands in the source; values are parameters', () => {
  expect(faulty(product, joinsStatements)).toEqual([
    // One of two words, chosen there.
    'src/store/locked-links.ts',
    // Names of the role and its rights, all of them constants.
    'src/store/site-wall.ts',
  ]);
});

test.each([
  ['a call', goesOut, "await fetch('https://example.test');"],
  ['a socket', goesOut, "import { connect } from 'node:tls';"],
  ['a program', startsPrograms, "import { spawn } from 'node:child_process';"],
  ['text as code', runsText, "eval('1');"],
  ['text as code', runsText, "new Function('return 1')();"],
  ['a shell', runsText, "import { exec } from 'node:child_process';"],
  ['a shell', runsText, "spawn('ls', { shell: true });"],
  ['markup', runsText, 'const a = <p dangerouslySetInnerHTML={{ __html: name }} />;'],
  ['a certificate that nobody checks', switchesOffChecks, 'connect({ rejectUnauthorized: false });'],
  ['a lenient parser', switchesOffChecks, 'createServer({ insecureHTTPParser: true });'],
  ['a joined statement', joinsStatements, 'sql.raw(`select ${name}`);'],
])('the check finds %s', (_what, check, text) => {
  expect(check({ path: 'src/made-up.tsx', text })).toBe(true);
});
