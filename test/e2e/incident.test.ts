/** D7: one file tells what happened to a record, replays, and tells nobody who it is. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCode } from '../../src/cli/failures';
import type { Incident } from '../../src/incident';
import { operate } from '../cli/operator';
import { openConsole, signIn } from '../support/console-on';
import { openLab, site, type Lab } from '../support/lab';
import { operatorOf } from '../support/operator-of';

/** `npm run replay-incident -- <file>` */
function replayed(file: string): Promise<{ readonly code: number; readonly out: string }> {
  const script = join(__dirname, '../replay/replay-incident.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', script, file], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: out + err });
    });
  });
}

describe('an incident bundle', () => {
  let lab: Lab;
  let link: number;
  let names: readonly string[];
  const { settled, comesTrue } = operatorOf(() => lab);
  const cli = (argv: string) => operate({ parts: () => Promise.resolve(lab.engine) }, argv);

  beforeAll(async () => {
    lab = await openLab({
      sandbox: { companies: 6, people: 30, seed: 3, 'rate-limit': 60_000 },
      hooks: true,
    });
    await lab.startServer();
    await lab.connect();
    await lab.startWorker();
    await lab.runEnded(await lab.startRun());
    const [person] = await lab.engine.reads.links(site, { kind: 'customer', status: 'in_sync', limit: 1 });
    if (person === undefined) throw new Error('Nobody is in sync.');
    link = person.link.number;
    await lab.sandbox.asUser('PATCH', `/desk/api/v2/customers/${person.link.ids.desk}.json`, {
      customer: { lastName: 'Countess-of-Lovelace' },
    });
    await comesTrue(
      async () => (await lab.engine.reads.timeline(site, link, 10)).some(({ event }) => event === 'updated'),
      () => 'the edit did not travel',
    );
    await settled(`${link}`);
    const { records } = (await lab.engine.store.view(site, link)) ?? {};
    names = [records?.teamwork?.fields, records?.desk?.fields]
      .flatMap((fields) => [fields?.firstName, fields?.lastName, fields?.email])
      .map(String)
      .filter((text) => text.length > 3);
  });
  afterAll(() => lab.close());

  test('holds timeline, decision and histories, and no name or email', async () => {
    const file = join(lab.dataDir, 'incident.json');
    const { code, out, err } = await cli(`incident ${link} --out ${file}`);
    expect([code, out, err]).toEqual([exitCode.fine, expect.stringContaining('pseudonyms'), '']);
    const text = await readFile(file, 'utf8');
    expect(names.length).toBeGreaterThan(2);
    expect(names.filter((name) => text.includes(name))).toEqual([]);

    const incident = JSON.parse(text) as Incident;
    expect(incident.timeline.map(({ event }) => event)).toContain('updated');
    expect(incident.histories.length).toBeGreaterThan(0);
    const payloads = [...text.matchAll(/"data":\s*"([^"]*)"/g)].map(([, data = '']) =>
      Buffer.from(data, 'base64').toString(),
    );
    expect(payloads.filter((payload) => names.some((name) => payload.includes(name)))).toEqual([]);
    expect(incident.plan).toMatchObject({ status: 'in_sync', reason: 'agreed' });
    expect(await replayed(file)).toEqual({
      code: 0,
      out: expect.stringContaining('The decision is the same') as string,
    });

    const other = { ...incident, view: { ...incident.view, link: { ...incident.view.link, paused: true } } };
    await writeFile(file, JSON.stringify(other));
    expect(await replayed(file)).toEqual({
      code: 1,
      out: expect.stringContaining('The decision is paused') as string,
    });
  });

  test('the console gives it to operators, and to nobody else', async () => {
    const app = await openConsole(lab.engine);
    const path = `/sites/${site}/links/${link}/incident`;
    const asOperator = await (await signIn(app, lab.engine, 'Ada', 'operator')).get(path);
    const asViewer = await (await signIn(app, lab.engine, 'Grace', 'viewer')).get(path);
    await app.close();
    expect([asOperator.statusCode, asOperator.statusCode === 200 ? '' : asOperator.body]).toEqual([200, '']);
    expect(asOperator.headers['content-disposition']).toContain(`incident-${site}-${link}.json`);
    expect((JSON.parse(asOperator.body) as Incident).link).toBe(link);
    expect(asViewer.statusCode).toBe(403);
  });
});
