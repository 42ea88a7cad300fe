/** A Postgres server of this project's own on loopback, its data kept in one folder. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { EmbeddedError } from './embedded-error';
import { choosePort, withFreePorts, type PortWish } from './free-port';
import { startOnLeash, type Leashed } from './leash';
import { postgresAccount, type PostgresAccount } from './postgres-account';
import { postgresBinaries } from './postgres-binaries';
import { clearLeftovers, openCluster, superuser, type Cluster } from './postgres-cluster';

export interface PostgresOptions {
  /** Absolute; holds cluster and password. Only one caller at a time may use it. */
  readonly folder: string;
  readonly port: PortWish;
  readonly logFile: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** Server settings over the usual ones. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface PostgresServer extends Leashed {
  readonly port: number;
  /** The superuser's address of a database, which need not exist yet. */
  urlOf(database: string): string;
}

const startLimitMs = 60_000;
const refusalLimitMs = 10_000;

/** For one program on a small machine, which its users may kill at any time; durability is left as it comes: full. */
const usualSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  // Nothing replicates this server.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  log_min_messages: 'warning',
  log_line_prefix: '%m [%p] ',
  // Statements hold people's names and emails; the log must not.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** Resolves when the server answers queries; an EmbeddedError with its last words if it does not. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { folder, say, signal } = options;
  const binaries = postgresBinaries();
  const account = postgresAccount(binaries.postgres);
  const cluster = openCluster(folder, binaries, account, say);
  await clearLeftovers(cluster, say);
  signal.throwIfAborted();
  // Ports are chosen only now, for a server left behind may have held one.
  return withFreePorts(async () => {
    const port = await choosePort(options.port);
    return startOn({ ...options, port, cluster, account, program: binaries.postgres });
  });
}

interface OnPort extends Omit<PostgresOptions, 'port'> {
  readonly port: number;
  readonly cluster: Cluster;
  readonly account: PostgresAccount;
  readonly program: string;
}

async function startOn(options: OnPort): Promise<PostgresServer> {
  const { port, cluster, account, logFile } = options;
  const settings = Object.entries({ ...usualSettings, port: String(port), ...options.settings });
  const server = await startOnLeash({
    command: [
      ...account.prefix,
      options.program,
      ...['-D', cluster.dataFolder],
      ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    // The second asks for the fast way: open sessions are ended, not waited for.
    stopSignal: 'TERM INT',
    graceSeconds: 30,
    logFile,
    uid: account.uid,
    gid: account.gid,
  });
  const urlOf = (database: string) =>
    `postgres://${superuser}:${cluster.password}@127.0.0.1:${port}/${database}`;
  try {
    await untilAnswering(server, urlOf('postgres'), options);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { ...server, port, urlOf };
}

async function untilAnswering(server: Leashed, url: string, options: OnPort): Promise<void> {
  const started = Date.now();
  const deadline = started + startLimitMs;
  let end: string | undefined;
  void server.exited.then((reason) => (end = reason));
  for (;;) {
    options.signal.throwIfAborted();
    if (end !== undefined) throw notAnswering(end, server, options);
    const says = await ping(url);
    if (says === undefined) return;
    // invalid_password: another server has this port, and ours is about to end, or waiting does not help.
    if (Date.now() > (says.startsWith('28P01') ? started + refusalLimitMs : deadline))
      throw notAnswering(says, server, options);
    await sleep(50);
  }
}

function notAnswering(why: string, server: Leashed, { logFile, port }: OnPort): EmbeddedError {
  return new EmbeddedError(
    `Postgres did not start on port ${port}: ${why}.\n${server.lastWords()}\nIts log is ${logFile}; remedy what it ` +
      'names and start again.',
  );
}

/** Why a query cannot be answered; undefined if it was. */
async function ping(url: string): Promise<string | undefined> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // A server that dies while asked ends the connection a second time, by an event.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return undefined;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return code === undefined ? message : `${code} ${message}`;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes the database if it is missing. */
export async function ensureDatabase(server: PostgresServer, name: string): Promise<void> {
  const client = new Client({ connectionString: server.urlOf('postgres') });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
