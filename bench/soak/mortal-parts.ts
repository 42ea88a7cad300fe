/** Postgres, Temporal and the product's own processes, each of which is killed now and then and started again. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config';
import { cacheFolders } from '../../src/embedded/cache-folder';
import { choosePort } from '../../src/embedded/free-port';
import type { Leashed } from '../../src/embedded/leash';
import { ensureDatabase, startPostgres } from '../../src/embedded/postgres';
import type { Stack } from '../../src/embedded/stack';
import { findTemporal } from '../../src/embedded/temporal-binary';
import { startTemporalServer } from '../../src/embedded/temporal-server';

const database = 'teamwork_desk_sync';
/** How long whoever watches over processes waits before it starts one that ended. */
const restartAfterMs = 1_000;

/** A process that is started again whenever it ends, as an operator's supervisor does. */
export class Mortal {
  starts = 0;
  private now: Leashed | null = null;
  private isStopping = false;
  private ended: Promise<void> = Promise.resolve();

  constructor(private readonly begin: () => Promise<Leashed>) {}

  /** Resolves when it has been started once. */
  async keep(): Promise<this> {
    this.now = await this.begin();
    this.starts++;
    this.ended = this.again();
    return this;
  }

  get pid(): number | undefined {
    return this.now?.pid;
  }

  kill(): void {
    if (this.now !== null) process.kill(this.now.pid, 'SIGKILL');
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.now?.stop();
    await this.ended;
  }

  private async again(): Promise<void> {
    for (;;) {
      await this.now?.exited;
      this.now = null;
      if (this.isStopping) return;
      await sleep(restartAfterMs);
      // What it needs may be away, too: then it is tried again.
      this.now = await this.begin().catch(() => null);
      this.starts++;
    }
  }
}

export interface MortalStack extends Omit<Stack, 'died'> {
  readonly postgres: Mortal;
  readonly temporal: Mortal;
}

/** Both come back at the address that they had, with what they had on disk. */
export async function startMortalStack(dataDir: string): Promise<MortalStack> {
  const { cacheHome, temporalCliPath: cliPath, temporalNamespace: namespace } = readConfig();
  const { signal } = new AbortController();
  const say = () => undefined;
  const [postgresPort, temporalPort] = [
    await choosePort({ variable: 'PG_PORT' }),
    await choosePort({ variable: 'TEMPORAL_ADDRESS' }),
  ];
  const postgres = new Mortal(() => postgresOn(postgresPort));
  const binary = await findTemporal({ cliPath, cacheDirs: cacheFolders(cacheHome, dataDir), say, signal });
  const temporal = new Mortal(() =>
    startTemporalServer({
      binary,
      port: { variable: 'TEMPORAL_ADDRESS', fixed: temporalPort },
      namespace,
      databaseFile: join(dataDir, 'temporal.db'),
      logFile: join(dataDir, 'temporal.log'),
      signal,
    }),
  );
  let databaseUrl = '';
  await Promise.all([postgres.keep(), temporal.keep()]);
  return {
    postgres,
    temporal,
    databaseUrl,
    temporalAddress: `127.0.0.1:${temporalPort}`,
    temporalUiUrl: undefined,
    async stop() {
      await Promise.all([postgres.stop(), temporal.stop()]);
    },
  };

  async function postgresOn(fixed: number): Promise<Leashed> {
    const folder = join(dataDir, 'postgres');
    const port = { variable: 'PG_PORT', fixed };
    const server = await startPostgres({ folder, port, logFile: join(dataDir, 'postgres.log'), say, signal });
    await ensureDatabase(server, database);
    databaseUrl = server.urlOf(database);
    return server;
  }
}
