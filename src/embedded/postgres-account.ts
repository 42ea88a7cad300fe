/** Postgres refuses to run as root: as whom its programs run instead. */
import { spawnSync } from 'node:child_process';
import { chownSync, lchownSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedError } from './embedded-error';

export interface PostgresAccount {
  /** Put before a program's own arguments. */
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
  /** Who must own the files, as this process sees it. */
  readonly owner: number;
}

/** An account that can run `postgres`; an EmbeddedError that says what was tried where root finds none. */
export function postgresAccount(postgres: string): PostgresAccount {
  const own = process.getuid?.() ?? 0;
  if (own !== 0) return { prefix: [], owner: own };

  const { name, uid, gid } = unprivilegedUser();
  // In a user namespace root keeps its files and only looks like that user, so that closed folders do not matter.
  const prefix = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'];
  const inNamespace = spawnSync('unshare', [...prefix.slice(1), postgres, '--version'], { encoding: 'utf8' });
  if (inNamespace.status === 0) return { prefix, owner: 0 };

  const asUser = spawnSync(postgres, ['--version'], { uid, gid, encoding: 'utf8' });
  if (asUser.status === 0) return { prefix: [], uid, gid, owner: uid };

  throw new EmbeddedError(
    'Postgres refuses to run as root, and it cannot be run as anyone else here. Tried:\n' +
      `  - a user namespace by unshare: ${says(inNamespace)}\n` +
      `  - the system's user ${name}: ${says(asUser)}\n` +
      'Start as an ordinary user, or set DATABASE_URL to a Postgres of your own.',
  );
}

/** initdb insists on a user that the system knows by name. */
function unprivilegedUser(): { name: string; uid: number; gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid > 0);
  const user = users.find(({ name }) => name === 'nobody') ?? users[0];
  if (!user)
    throw new EmbeddedError('This system has no user but root: set DATABASE_URL to a Postgres of your own.');
  return user;
}

function says(result: ReturnType<typeof spawnSync>): string {
  return result.error?.message ?? (String(result.stderr).trim() || `exit code ${result.status ?? 'none'}`);
}

/** Hands the folder to the account where an earlier start ran as another; an EmbeddedError where that is not ours to do. */
export function ownFolder(folder: string, account: PostgresAccount): void {
  if (statSync(folder).uid === account.owner) return;
  if (process.getuid?.() !== 0) {
    throw new EmbeddedError(
      `${folder} belongs to another user: start as that one, or set DATA_DIR to another folder.`,
    );
  }
  const gid = account.gid ?? 0;
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, entry), account.owner, gid);
  }
  chownSync(folder, account.owner, gid);
}
