/** The one Postgres and the one Temporal server of a test run, started as `npm start` does it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { cacheFolders } from '../../src/embedded/cache-folder';
import { startPostgres } from '../../src/embedded/postgres';
import { findTemporal } from '../../src/embedded/temporal-binary';
import { startTemporalServer } from '../../src/embedded/temporal-server';

export interface TestServers {
  /** The superuser's address of a database that only serves to make others. */
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  stop(): Promise<void>;
}

export async function startServers(say: (line: string) => void): Promise<TestServers> {
  const folder = await mkdtemp(join(tmpdir(), 'teamwork-desk-sync-test-'));
  const signal = new AbortController().signal;
  const starting = [startTestPostgres(folder, signal), startTestTemporal(say, folder, signal)] as const;
  const stop = async (): Promise<void> => {
    const started = await Promise.allSettled(starting);
    await Promise.all(
      started.map(async (start) => (start.status === 'fulfilled' ? start.value.stop() : undefined)),
    );
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [postgres, temporal] = await Promise.all(starting);
    return { databaseUrl: postgres.urlOf('postgres'), temporalAddress: temporal.address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startTestPostgres(folder: string, signal: AbortSignal) {
  return startPostgres({
    folder: join(folder, 'postgres'),
    port: { variable: 'PG_PORT' },
    logFile: join(folder, 'postgres.log'),
    say: () => undefined,
    signal,
    // These data need not outlive the machine.
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' },
  });
}

async function startTestTemporal(say: (line: string) => void, folder: string, signal: AbortSignal) {
  const { temporalCliPath: cliPath, cacheHome, dataDir } = readConfig();
  const cacheDirs = cacheFolders(cacheHome, dataDir);
  return startTemporalServer({
    binary: await findTemporal({ cliPath, cacheDirs, say, signal }),
    port: { variable: 'TEMPORAL_ADDRESS' },
    namespace: 'default',
    logFile: join(folder, 'temporal.log'),
    signal,
  });
}
