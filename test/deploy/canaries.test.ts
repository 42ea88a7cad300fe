/**
 * C4: nothing of a person and no credential is in a log, in Temporal's histories or in the metrics; and no credential in
 * a dump of the database or on a page.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { routes } from '../../src/console/routes';
import { sides } from '../../src/domain/record';
import { everyRow } from '../support/every-row';
import { openLab, site, token, type Lab } from '../support/lab';
import { truthOf } from '../support/truth';

describe('canaries of a run in which much goes wrong', () => {
  let lab: Lab;
  let canaries: readonly string[];

  beforeAll(async () => {
    lab = await openLab({
      sandbox: { companies: 8, people: 40, seed: 3, 'rate-limit': 60_000 },
      settleMs: 500,
      hooks: true,
    });
    await lab.startServer();
    await lab.startWorker({ LOG_LEVEL: 'trace' });
    await lab.connect();
    for (const fault of [
      { kind: 'status', status: 422, times: 5 },
      { kind: 'status', status: 500, times: 5 },
      { kind: 'reset_after', times: 3 },
    ]) {
      await lab.sandbox.control('POST', 'faults', { side: 'desk', method: 'POST', ...fault });
    }
    await lab.runEnded(await lab.startRun());
    const { teamwork, desk } = await truthOf(lab.sandbox);
    const people = [...teamwork.customer, ...desk.customer];
    canaries = [
      token,
      ...[...teamwork.company, ...desk.company].map(({ name }) => name),
      ...people.flatMap(({ email, firstName, lastName }) => [email, `${firstName} ${lastName}`]),
    ].flatMap((text = '') => (text.trim().length > 4 ? [text] : []));
    expect(canaries.length).toBeGreaterThan(80);
  });
  afterAll(() => lab.close());

  const foundIn = (text: string) => canaries.filter((canary) => text.includes(canary));

  test('logs', () => {
    const logs = readdirSync(lab.dataDir).filter((name) => /^(worker|server)-.*\.log$/.test(name));
    const text = logs.map((name) => readFileSync(join(lab.dataDir, name), 'utf8')).join('\n');
    expect(text).toContain('worker ready');
    expect(foundIn(text)).toEqual([]);
  });

  test('metrics', async () => {
    const text = await (await fetch(`${lab.consoleUrl}/metrics`)).text();
    expect([text.includes(site), foundIn(text)]).toEqual([true, []]);
  });

  /** What signs and what opens, as text and as a dump would write its bytes. */
  async function secrets(): Promise<readonly string[]> {
    const { store } = lab.engine;
    const hooks = await Promise.all(sides.map((side) => store.hookSecrets(site, side)));
    const plain = [
      token,
      ...hooks.flatMap((of) => (of === null ? [] : [of.current, of.previous ?? of.current])),
    ];
    expect(new Set(plain).size).toBeGreaterThan(2);
    const bytes = plain.map((text) => Buffer.from(text));
    const written = (['hex', 'base64', 'base64url'] as const).flatMap((form) =>
      bytes.map((one) => one.toString(form)),
    );
    return [...plain, ...written];
  }

  test('dumps: credentials and secrets, in no form', async () => {
    const rows = await everyRow(lab.databaseUrl);
    const text = JSON.stringify(rows);
    expect([rows.sites?.length, rows.hook_sides?.length]).toEqual([1, 2]);
    // What is looked for would be found: names are there.
    expect(foundIn(text).length).toBeGreaterThan(40);
    expect((await secrets()).filter((secret) => text.includes(secret))).toEqual([]);
  });

  test('pages: credentials and secrets', async () => {
    const pages = await pagesSeen();
    expect(foundIn(pages.join()).length).toBeGreaterThan(10);
    const sought = await secrets();
    expect(sought.filter((secret) => pages.some((page) => page.includes(secret)))).toEqual([]);
  });

  /** Every page there is, as an administrator sees it. */
  async function pagesSeen(): Promise<readonly string[]> {
    const signIn = await lab.engine.accounts.signInLink('Ada', 'administrator', 600_000);
    const headers = { 'sec-fetch-site': 'same-origin' };
    const url = `${lab.consoleUrl}/sign-in/${signIn}`;
    const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    const [row] = await lab.engine.reads.links(site, { kind: 'customer', limit: 1 });
    const [run] = await lab.engine.reads.runs(site, 1);
    const pages: string[] = [];
    for (const { method, path } of routes) {
      if (method !== 'GET' || path.endsWith('/live')) continue;
      const at = path
        .replace(':site', site)
        .replace(':number', String(row?.link.number))
        .replace(':run', encodeURIComponent(run?.id ?? ''))
        .replace(/:\w+/, '1');
      pages.push(await (await fetch(`${lab.consoleUrl}${at}`, { headers: { cookie } })).text());
    }
    return pages;
  }

  test('histories', async () => {
    const connection = await Connection.connect({ address: lab.temporalAddress });
    const client = new Client({ connection });
    let events = 0;
    let isReadable = false;
    const found = new Set<string>();
    for await (const { workflowId, runId } of client.workflow.list()) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      events += history.events?.length ?? 0;
      const text = spelledOut(history);
      // What payloads carry is looked into, not only what surrounds it.
      isReadable ||= /"data":"[^,]*site\W+acme/.test(text);
      for (const canary of foundIn(text)) found.add(canary);
    }
    await connection.close();
    expect([events > 100, isReadable, [...found]]).toEqual([true, true, []]);
  });
});

/** With what payloads carry, which a history writes in base64, as the text that it is. */
function spelledOut(value: object): string {
  return JSON.stringify(value, (key, part: unknown) =>
    key === 'data' && typeof part === 'string' ? Buffer.from(part, 'base64').toString('utf8') : part,
  );
}
