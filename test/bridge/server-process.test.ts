/** The server as a process: what it acknowledged outlives it, with Temporal away all the while. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentOf, readConfig } from '../../src/config';
import { choosePort } from '../../src/embedded/free-port';
import type { Leashed } from '../../src/embedded/leash';
import { startPart, untilReachable } from '../../src/start-processes';
import { openStore, type OpenStore } from '../../src/store/open-store';
import { signatureOf } from '../support/bridge-over-http';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { aNewSite } from '../support/store-world';
import { until } from '../support/until';

const encryptionKey = Buffer.alloc(32, 7);
const kills = 5;

let database: TestDatabase;
let opened: OpenStore;
let dataDir: string;
let port: number;
let server: Leashed | undefined;

beforeAll(async () => {
  database = await createMigratedDatabase();
  opened = await openStore({ databaseUrl: database.url, encryptionKeys: [encryptionKey], settleMs: 0 });
  dataDir = await mkdtemp(join(tmpdir(), 'teamwork-desk-sync-server-'));
  port = await choosePort({ variable: 'CONSOLE_PORT' });
});
afterAll(async () => {
  await server?.stop();
  await opened.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function startServer(): Promise<Leashed> {
  const config = readConfig({
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: encryptionKey.toString('base64'),
    // Nobody listens there.
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    CONSOLE_PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
  });
  const started = await startPart({ dataDir, environment: environmentOf(config) }, 'server', 'server');
  await untilReachable(`http://127.0.0.1:${port}/healthz`);
  return started;
}

test('B1, B8: what was acknowledged survives kill -9 and Temporal away, and becomes due', async () => {
  const site = aNewSite();
  await opened.store.addSite(site);
  await opened.store.startRun(site.id, 'run-1', 'sync');
  const { current: secret } = await opened.store.ensureHookSecrets(site.id, 'teamwork');
  const acknowledged = new Set<number>();
  let next = 1;

  async function post(id: number): Promise<void> {
    const body = JSON.stringify({ company: { id } });
    const answer = await fetch(`http://127.0.0.1:${port}/webhooks/${site.id}/teamwork`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Projects-Event': 'COMPANY.UPDATED',
        'X-Projects-Delivery': randomUUID(),
        'X-Projects-Signature': signatureOf(body, secret),
      },
      body,
    });
    if (answer.status === 200) acknowledged.add(id);
  }

  for (let kill = 0; kill < kills; kill++) {
    server = await startServer();
    const before = acknowledged.size;
    let stopped = false;
    const senders = Array.from({ length: 8 }, async () => {
      while (!stopped) await post(next++).catch(() => undefined);
    });
    await until(() => acknowledged.size >= before + 40);
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
    stopped = true;
    await Promise.all(senders);
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(kills * 40);

  server = await startServer();
  await until(async () => (await backlog(site.id)).waiting === 0);
  const linked = await opened.reads.links(site.id, { kind: 'company', limit: 10_000 });
  const known = new Set(linked.map(({ link }) => Number(link.ids.teamwork)));
  expect([...acknowledged].filter((id) => !known.has(id))).toEqual([]);
  expect((await backlog(site.id)).due).toBe(known.size);
});

async function backlog(site: string) {
  const found = (await opened.store.backlogs()).find((one) => one.site === site);
  if (found === undefined) throw new Error(`No site ${site}.`);
  return found;
}
