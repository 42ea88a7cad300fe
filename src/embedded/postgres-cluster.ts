/** The database cluster on disk: made once, found again, freed of what a killed server left behind. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedError } from './embedded-error';
import { ownFolder, type PostgresAccount } from './postgres-account';
import type { PostgresBinaries } from './postgres-binaries';
import { markOf } from './running-process';

export const superuser = 'postgres';

export interface Cluster {
  readonly dataFolder: string;
  readonly password: string;
}

/** The cluster in `folder`, made if there is none. */
export function openCluster(
  folder: string,
  binaries: PostgresBinaries,
  account: PostgresAccount,
  say: (line: string) => void,
): Cluster {
  mkdirSync(folder, { recursive: true });
  if (account.uid !== undefined) allowPassage(dirname(folder));
  const dataFolder = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  if (!existsSync(dataFolder)) {
    say(`Postgres: making a new database in ${dataFolder}`);
    createCluster({ folder, dataFolder, passwordFile, binaries, account });
  } else if (!existsSync(passwordFile)) {
    throw new EmbeddedError(
      `${passwordFile} is missing, without which the database in ${dataFolder} cannot be opened: put it back, or move ` +
        `${folder} away to begin with an empty database.`,
    );
  }
  ownFolder(dataFolder, account);
  return { dataFolder, password: readFileSync(passwordFile, 'utf8').trim() };
}

/** Another user has to get through our folder to the cluster; the secrets in it are closed each by itself. */
function allowPassage(folder: string): void {
  chmodSync(folder, statSync(folder).mode | 0o011);
}

interface NewCluster {
  readonly folder: string;
  readonly dataFolder: string;
  readonly passwordFile: string;
  readonly binaries: PostgresBinaries;
  readonly account: PostgresAccount;
}

function createCluster({ folder, dataFolder, passwordFile, binaries, account }: NewCluster): void {
  const { prefix, uid, gid, owner } = account;
  // Made aside and renamed when whole, so that a start that is killed here leaves nothing half.
  const draft = join(folder, 'draft');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  chownSync(passwordFile, owner, gid ?? process.getgid?.() ?? 0);
  chownSync(draft, owner, gid ?? process.getgid?.() ?? 0);
  // The built-in collation does not change with the system's libraries, which would spoil indexes.
  const [program = '', ...args] = [
    ...prefix,
    ...[binaries.initdb, '--pgdata', draft, '--username', superuser, '--pwfile', passwordFile],
    ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C'],
    ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
  ];
  const identity = uid === undefined || gid === undefined ? {} : { uid, gid };
  const initdb = spawnSync(program, args, { encoding: 'utf8', ...identity });
  if (initdb.status !== 0) {
    const why = initdb.error?.message ?? initdb.stderr.trim().split('\n').slice(-3).join('\n');
    throw new EmbeddedError(
      `Postgres could not make its database in ${folder}: ${why}\nSet DATA_DIR to a folder that ` +
        `${uid === undefined ? 'this user' : `user ${uid}`} can reach and write, and start again.`,
    );
  }
  renameSync(draft, dataFolder);
}

const leftoverLimitMs = 20_000;

/**
 * After a kill the lock file of the cluster stays. Its pid may by now be another program's, which would keep Postgres
 * from starting, or still a server of this folder, which is stopped: the caller holds DATA_DIR alone.
 */
export async function clearLeftovers({ dataFolder }: Cluster, say: (line: string) => void): Promise<void> {
  const pidFile = join(dataFolder, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const deadline = Date.now() + leftoverLimitMs;
  if (isServerOf(pid, dataFolder)) {
    say(`Postgres: stopping process ${pid}, left behind by an earlier start`);
    process.kill(pid, 'SIGINT');
  }
  while (isServerOf(pid, dataFolder)) {
    if (Date.now() > deadline) {
      throw new EmbeddedError(
        `Postgres process ${pid} of an earlier start does not end: end it and start again.`,
      );
    }
    await sleep(100);
  }
  rmSync(pidFile, { force: true });
}

function isServerOf(pid: number, dataFolder: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1 || markOf(pid) === undefined) return false;
  return commandLine(pid).includes(dataFolder);
}

function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  } catch {
    return '';
  }
}
