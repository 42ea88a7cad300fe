/** deploy/alerts.yaml: every alert is about figures that a server tells, and docs/operations.md says what to do. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { environmentOf, readConfig } from '../../src/config';
import { statuses } from '../../src/domain/link';
import { choosePort } from '../../src/embedded/free-port';
import type { Leashed } from '../../src/embedded/leash';
import { startPart, untilReachable } from '../../src/start-processes';
import { openStore } from '../../src/store/open-store';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { aNewSite } from '../support/store-world';
import { temporalAddress } from '../support/temporal';

const read = (path: string): string => readFileSync(join(__dirname, '../..', path), 'utf8');
const rule = z.object({
  alert: z.string().regex(/^TeamworkDeskSync\w+$/),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+[mh]$/)
    .optional(),
  labels: z.object({ severity: z.enum(['page', 'ticket']) }),
  annotations: z.object({ summary: z.string().min(20) }),
});
const rules = z
  .object({ groups: z.array(z.object({ name: z.string(), rules: z.array(rule) })) })
  .parse(parse(read('deploy/alerts.yaml')))
  .groups.flatMap((group) => group.rules);

const metricsIn = (text: string): readonly string[] => text.match(/teamwork_desk_sync_\w+/g) ?? [];
const operations = read('docs/operations.md');

describe('the alerts', () => {
  let database: TestDatabase;
  let server: Leashed;
  let dataDir: string;
  let scraped: string;
  const site = aNewSite();

  beforeAll(async () => {
    database = await createMigratedDatabase();
    const encryptionKey = Buffer.alloc(32, 7);
    const opened = await openStore({
      databaseUrl: database.url,
      encryptionKeys: [encryptionKey],
      settleMs: 0,
    });
    await opened.store.addSite(site);
    await opened.store.freeze(site.id, 'to be seen');
    await opened.store.noteHooks(site.id, 'desk', [{ event: 'customer.edited', id: '5', on: false }], null);
    await opened.close();
    dataDir = await mkdtemp(join(tmpdir(), 'teamwork-desk-sync-alerts-'));
    const port = await choosePort({ variable: 'CONSOLE_PORT' });
    const config = readConfig({
      DATABASE_URL: database.url,
      ENCRYPTION_KEY: encryptionKey.toString('base64'),
      TEMPORAL_ADDRESS: temporalAddress(),
      CONSOLE_PORT: String(port),
      DATA_DIR: dataDir,
    });
    server = await startPart({ dataDir, environment: environmentOf(config) }, 'server', 'server');
    await untilReachable(`http://127.0.0.1:${port}/healthz`);
    scraped = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('there are some, each named once', () => {
    const names = rules.map(({ alert }) => alert);
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(rules)('$alert is about figures that a server tells', ({ expr }) => {
    const told = new Set([...scraped.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name));
    const wanted = metricsIn(expr);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.filter((name) => !told.has(name))).toEqual([]);
  });

  test('what they choose by is what the figures are told by', () => {
    const chosen = rules.flatMap(({ expr }) => [...expr.matchAll(/status="(\w+)"/g)].map(([, one]) => one));
    expect(chosen.filter((status) => !statuses.some((known) => known === status))).toEqual([]);
    expect(scraped).toContain('outcome="not_signed"');
    expect(scraped).toContain(`teamwork_desk_sync_hooks{site="${site.id}",side="desk",state="off"} 1`);
    expect(scraped).toContain(`teamwork_desk_sync_site_frozen{site="${site.id}"} 1`);
    expect(scraped).toContain('teamwork_desk_sync_temporal_up 1');
  });

  test.each(rules)('docs/operations.md says what to do when $alert fires', ({ alert }) => {
    const section = operations.split(/^### /m).find((part) => part.startsWith(`${alert}\n`));
    expect(section?.length ?? 0).toBeGreaterThan(150);
  });

  test('docs/operations.md speaks of no alert and no figure that is not there', () => {
    const named = [...operations.matchAll(/^### (TeamworkDeskSync\w+)$/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(rules.map(({ alert }) => alert).sort());
    const told = metricsIn(operations).filter((name) => !scraped.includes(`# TYPE ${name} `));
    expect(told).toEqual([]);
  });
});
