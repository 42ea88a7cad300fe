/** C4: nothing of a person and no credential is in a log, in Temporal's histories or in the metrics. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
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
