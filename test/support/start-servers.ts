/** Jest calls this once, before the first test that needs the servers; it hands their addresses to all test files. */
import { writeSync } from 'node:fs';
import { startServers, type TestServers } from './servers';

declare global {
  var testServers: TestServers | undefined;
}

export default async function start(): Promise<void> {
  try {
    globalThis.testServers = await startServers((line) => process.stderr.write(`${line}\n`));
  } catch (error) {
    // No test will run, so no reporter will tell.
    process.once('exit', () => writeSync(1, '0 passed, 1 failed\n'));
    throw error;
  }
  process.env.TEST_DATABASE_URL = globalThis.testServers.databaseUrl;
  process.env.TEST_TEMPORAL_ADDRESS = globalThis.testServers.temporalAddress;
}
