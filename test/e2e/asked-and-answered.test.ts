/** Desk's own box, questions answered for good, and what `verify --repair` puts right, on the whole stack. */
import { exitCode } from '../../src/cli/failures';
import type { Leashed } from '../../src/embedded/leash';
import { openLab, site, type Lab } from '../support/lab';
import { desk, operatorOf } from '../support/operator-of';
import { truthOf } from '../support/truth';
import { until } from '../support/until';

describe('asked and answered', () => {
  let lab: Lab;
  let worker: Leashed;
  const { cli, done, explain, comesTrue, settled, inTeamwork, create, newDeskCompany } = operatorOf(
    () => lab,
  );
  const newClient = (name: string, website = '') =>
    create('/projects/api/v3/companies.json', { company: { name, website } });
  const bothReadSince = (time: string) =>
    until(async () => {
      const { teamwork, desk } = await lab.engine.reads.freshness(site);
      return [teamwork, desk].every(({ changes }) => changes !== null && changes > time);
    });
  const sync = async () => lab.runEnded(await lab.startRun());

  beforeAll(async () => {
    lab = await openLab({
      sandbox: { companies: 4, people: 8, seed: 6, 'rate-limit': 60_000 },
      settleMs: 1_000,
      pollMs: 1_000,
    });
    await lab.connect();
    worker = await lab.startWorker();
    await sync();
  });
  afterAll(() => lab.close());

  test('R5: a company made with Desk’s own box arrives as a client, is linked, and its customers come over', async () => {
    const customer = await create(`${desk}/customers.json`, {
      customer: { firstName: 'Bo', lastName: 'Boxed', email: 'bo@boxed.test' },
    });
    const company = await create(`${desk}/companies.json`, {
      company: { name: 'Boxed Works' },
      included: { customers: [{ id: customer }] },
      createInProjects: true,
    });
    await settled(`desk:${company}`);
    await settled('bo@boxed.test');
    expect(await inTeamwork('bo@boxed.test')).toBeDefined();
    const truth = await truthOf(lab.sandbox);
    for (const side of ['teamwork', 'desk'] as const) {
      expect(truth[side].company.filter(({ name }) => name === 'Boxed Works')).toHaveLength(1);
    }
  });

  test.each(['same', 'apart'])(
    'R14: answered %s, no later InitialSync asks or joins anew',
    async (verdict) => {
      const name = `Twin ${verdict}`;
      await done('pause');
      const company = String(await newDeskCompany(name));
      const [first, second] = [await newClient(`${name} GmbH`), await newClient(`${name} AG`)];
      // Whoever knew only one of the two would join it.
      await bothReadSince(new Date().toISOString());
      await done('resume');
      await sync();
      await settled(`teamwork:${first}`, 'question');
      await settled(`teamwork:${second}`, 'question');
      await done(`answer teamwork:${first} ${verdict} ${company}`);
      const all = async () => [await explain(`teamwork:${first}`), await explain(`teamwork:${second}`)];
      await settled(`teamwork:${first}`);
      await settled(`teamwork:${second}`);
      const answered = await all();
      const [of, other] = verdict === 'same' ? answered : [...answered].reverse();
      expect(of?.deskId).toBe(company);
      expect(other?.deskId).not.toBe(company);
      await sync();
      expect(await all()).toEqual(answered);
    },
  );

  test('verify --repair reads what differs and writes it the normal way, then verifies again', async () => {
    const company = await newClient('Repair Works');
    await settled(`teamwork:${company}`);
    const { link } = await explain(`teamwork:${company}`);
    // Nobody polls meanwhile: the edit is one that went unnoticed. A watch that is stopped may still end a poll.
    await lab.engine.client.stopWatching(site);
    await worker.stop();
    await lab.sandbox.asUser('PATCH', `/projects/api/v3/companies/${company}.json`, {
      company: { website: 'https://repaired.test' },
    });
    const found = await cli('verify --json');
    expect(found.code).toBe(exitCode.no);
    await lab.startWorker();
    const repaired = await cli('verify --repair --json');
    expect([repaired.code, repaired.err]).toEqual([exitCode.fine, '']);
    expect((repaired.json() as { repaired: number }).repaired).toBeGreaterThan(0);
    expect(await explain(String(link))).toMatchObject({ status: 'in_sync' });
    await comesTrue(async () =>
      (await truthOf(lab.sandbox)).desk.company.some(
        ({ name, website }) => name === 'Repair Works' && website?.includes('repaired.test') === true,
      ),
    );
  });
});
