/** Databases of their own for test files, on the run's Postgres. */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { migrate } from '../../src/store/migrate';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database. */
export function createDatabase(): Promise<TestDatabase> {
  return maintain((client) => create(client, ''));
}

const migrated = 'test_migrated';
/** Any number that no test locks by. */
const templateLock = 519_204;

/** A database with the store's tables: the copy of one that is migrated once a run. */
export function createMigratedDatabase(): Promise<TestDatabase> {
  return maintain(async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [migrated]);
    if (rowCount === 0) await makeTemplate(client);
    await client.query('select pg_advisory_unlock($1)', [templateLock]);
    return create(client, `template ${migrated}`);
  });
}

async function makeTemplate(client: Client): Promise<void> {
  const draft = `${migrated}_draft`;
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft}`);
  await migrate(urlOf(draft));
  await client.query(`alter database ${draft} rename to ${migrated}`);
}

async function create(client: Client, options: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await client.query(`create database ${name} ${options}`);
  return {
    url: urlOf(name),
    drop: () =>
      maintain(async (again) => {
        await again.query(`drop database ${name} with (force)`);
      }),
  };
}

async function maintain<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: serversUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(serversUrl());
  url.pathname = `/${database}`;
  return url.href;
}

function serversUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined) {
    throw new Error(
      'No Postgres was started for this test: its folder is listed as `alone` in jest.config.cjs.',
    );
  }
  return url;
}
