/** Composition root of one step of a deployment: brings the database of DATABASE_URL to this version's tables. */
import { readConfig } from './config';
import { createLogger } from './logging';
import { migrate } from './store/migrate';

async function main(): Promise<void> {
  const { databaseUrl, logLevel } = readConfig();
  if (databaseUrl === undefined)
    throw new Error('DATABASE_URL is missing: set it to the database to migrate.');
  createLogger(logLevel).info({ applied: await migrate(databaseUrl) }, 'migrated');
}

main().catch((error: unknown) => {
  createLogger('error').error({ err: error }, 'not migrated');
  process.exitCode = 3;
});
