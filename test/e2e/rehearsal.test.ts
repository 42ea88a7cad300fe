/** D7: an InitialSync is tried on one's own data, in other words, before it is let loose on the real thing. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectSite } from '../../src/connect';
import { exitCode } from '../../src/cli/failures';
import { operate } from '../cli/operator';
import { openLab, site, token, type Lab } from '../support/lab';
import { truthOf } from '../support/truth';

describe('a rehearsal', () => {
  let lab: Lab;
  let file: string;
  const cli = (argv: string) => operate({ parts: () => Promise.resolve(lab.engine) }, argv);
  /** What a plan would do, in numbers. */
  const planned = async (of: string) => {
    const { counts } = (await cli(`sync plan --site ${of} --json`)).json() as {
      counts: Record<'company' | 'customer', Record<string, number>>;
    };
    return counts;
  };

  beforeAll(async () => {
    lab = await openLab({ sandbox: { companies: 25, people: 120, seed: 4, 'rate-limit': 60_000 } });
    await lab.connect();
    await lab.startWorker();
    file = join(lab.dataDir, 'rehearsal.json');
  });
  afterAll(() => lab.close());

  test('names nobody of the site', async () => {
    expect(await cli(`rehearse ${file}`)).toMatchObject({
      code: exitCode.fine,
      out: expect.stringContaining('records in other words') as string,
    });
    const text = (await readFile(file, 'utf8')).toLowerCase();
    const { teamwork, desk } = await truthOf(lab.sandbox);
    const people = [...teamwork.customer, ...desk.customer];
    const emails = people.map(({ email = '' }) => email.toLowerCase()).filter((email) => email !== '');
    const names = people
      .map(({ lastName = '' }) => lastName.toLowerCase())
      .filter((name) => name.length > 4 && name !== 'service');
    expect(emails.length).toBeGreaterThan(100);
    expect([...emails, ...names].filter((known) => text.includes(known))).toEqual([]);
  });

  test('its plan is that of the site itself', async () => {
    const other = await lab.startSandbox({ rehearsal: file, 'rate-limit': 60_000 });
    const credentials = { teamwork: token, desk: token };
    await connectSite(lab.engine, { site: 'rehearsed', url: other.url, credentials });
    const { company, customer } = await planned(site);
    // The sandbox's own two users are staff of the site that it plays.
    const staff = { 'excluded:owner_company_person': (customer['excluded:owner_company_person'] ?? 0) + 2 };
    expect(await planned('rehearsed')).toEqual({ company, customer: { ...customer, ...staff } });
    expect(customer.linked).toBeGreaterThan(10);
  });

  test('a file that is none: the sandbox says so', async () => {
    await expect(lab.startSandbox({ rehearsal: __filename })).rejects.toThrow(/rehears/);
  });
});
