/** A database of its own for a test file, on the run's Postgres. */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export async function createDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await maintain(`create database ${name}`);
  const url = new URL(serversUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => maintain(`drop database ${name} with (force)`) };
}

async function maintain(statement: string): Promise<void> {
  const client = new Client({ connectionString: serversUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
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
