/** D7: what `verify` proves is kept, and a clock can ask whether it still counts. */
import { exitCode } from '../../src/cli/failures';
import { operate } from '../cli/operator';
import { openConsole, signIn } from '../support/console-on';
import { openLab, site, type Lab } from '../support/lab';

interface Told {
  readonly certificate: {
    readonly digest: string;
    readonly different: number;
    readonly issuedAt: string;
  } | null;
  readonly counts: boolean;
}

describe('a certificate', () => {
  let lab: Lab;
  const cli = (argv: string) => operate({ parts: () => Promise.resolve(lab.engine) }, argv);
  const told = async (argv: string) => (await cli(argv)).json() as Told;

  beforeAll(async () => {
    lab = await openLab({ sandbox: { companies: 6, people: 30, seed: 3, 'rate-limit': 60_000 } });
    await lab.connect();
    const worker = await lab.startWorker();
    await lab.runEnded(await lab.startRun());
    // What users change from here on stays a difference.
    await worker.stop();
  });
  afterAll(() => lab.close());

  test('before the first there is none, and the answer is no', async () => {
    expect(await cli('certificate')).toMatchObject({
      code: exitCode.no,
      out: expect.stringContaining('`verify --certificate` issues one') as string,
    });
  });

  test('both sides in step: it counts, and its digest is the same while nothing changes', async () => {
    expect((await cli('verify --certificate')).code).toBe(exitCode.fine);
    const first = await told('certificate --json');
    expect(first).toMatchObject({ counts: true, certificate: { different: 0 } });
    await cli('verify --certificate');
    const second = await told('certificate --max-age 1 --json');
    expect(second.certificate?.digest).toBe(first.certificate?.digest);
    expect(second.certificate?.issuedAt).not.toBe(first.certificate?.issuedAt);
  });

  test('a user’s change since: it counts no more, and names the company and when it was last in step', async () => {
    const { companies } = (await cli('companies --status in_sync --limit 1 --json')).json() as {
      companies: { deskId: string; link: number }[];
    };
    const { deskId = '', link = 0 } = companies[0] ?? {};
    await lab.sandbox.asUser('PATCH', `/desk/api/v2/companies/${deskId}.json`, {
      company: { website: 'https://changed.test' },
    });
    const before = await told('certificate --json');
    expect((await cli('verify --certificate')).code).toBe(exitCode.no);
    expect(await told('certificate --json')).toMatchObject({ counts: false, certificate: { different: 1 } });
    expect(await cli(`certificate desk:${deskId}`)).toMatchObject({
      code: exitCode.no,
      out: expect.stringMatching(/1 difference; [\s\S]*Last in step: 20/) as string,
    });

    const app = await openConsole(lab.engine);
    const ada = await signIn(app, lab.engine, 'Ada', 'viewer');
    const [overview, list, own] = await Promise.all([
      ada.get(`/sites/${site}`),
      ada.get(`/sites/${site}/certificates`),
      ada.get(`/sites/${site}/links/${link}`),
    ]);
    await app.close();
    expect(overview.body).toContain('1 difference; the same:');
    expect(list.body).toContain(before.certificate?.digest.slice(0, 12));
    expect(list.body).toContain(`/sites/${site}/links/${link}`);
    expect(own.body).toContain('Last in step');
  });

  test('who is no linked company has none', async () => {
    const { customers } = (await cli('customers --status in_sync --limit 1 --json')).json() as {
      customers: { link: number }[];
    };
    expect(await cli(`certificate ${customers[0]?.link}`)).toMatchObject({
      code: exitCode.no,
      err: expect.stringContaining('is no linked company') as string,
    });
  });
});
