/** `company create` on the whole stack (R5): the operator by the CLI, users through the vendors' APIs. */
import { exitCode } from '../../src/cli/failures';
import { openLab, site, type Lab } from '../support/lab';
import { operatorOf } from '../support/operator-of';
import { truthOf } from '../support/truth';

interface Made {
  readonly link: number;
  readonly deskId: string;
}

describe('company create', () => {
  let lab: Lab;
  const { cli, done, explain, comesTrue, settled, create, newDeskCompany } = operatorOf(() => lab);
  const make = async (argv: string): Promise<Made> => {
    const made = await cli(`company create ${argv} --json`);
    expect([argv, made.code, made.err]).toEqual([argv, exitCode.fine, '']);
    return made.json() as Made;
  };
  const named = async (side: 'teamwork' | 'desk', name: string) =>
    (await truthOf(lab.sandbox))[side].company.filter((row) => row.name === name);
  const client = (name: string) => create('/projects/api/v3/companies.json', { company: { name } });
  const creates = async (): Promise<number> =>
    (await lab.sandbox.calls()).filter(
      ({ method, path }) => method === 'POST' && path.includes('/desk/') && path.includes('companies'),
    ).length;

  beforeAll(async () => {
    lab = await openLab({
      sandbox: { companies: 5, people: 10, seed: 3, 'rate-limit': 60_000 },
      settleMs: 1_000,
      pollMs: 1_000,
    });
    await lab.connect();
    await lab.startWorker();
  });
  afterAll(() => lab.close());

  test('R2: before the first InitialSync no company is made', async () => {
    expect(await cli('company create --name Early')).toMatchObject({
      code: exitCode.no,
      err: expect.stringContaining('sync start') as string,
    });
    expect(await named('desk', 'Early')).toEqual([]);
  });

  test('R5: the box unchecked, it stands alone, and a counterpart made later is a question', async () => {
    await lab.runEnded(await lab.startRun());
    const { link, deskId } = await make(
      '--name "Lone Works" --website lone.example --email hello@lone.example --domains lone.example',
    );
    await settled(`desk:${deskId}`, 'excluded');
    expect(await explain(`desk:${deskId}`)).toMatchObject({ link, reason: 'unchecked', teamworkId: null });
    expect(await named('teamwork', 'Lone Works')).toEqual([]);
    const later = await client('Lone Works');
    await settled(`teamwork:${later}`, 'question');
    expect(await explain(`teamwork:${later}`)).toMatchObject({ reason: 'unchecked', deskId: null });
    await done(`answer teamwork:${later} same`);
    await settled(`desk:${deskId}`);
  });

  test('R5: with the box it becomes a client', async () => {
    const { deskId } = await make('--name "Asked Works" --website asked.example --add-as-client');
    await settled(`desk:${deskId}`);
    expect(await named('teamwork', 'Asked Works')).toHaveLength(1);
  });

  test('R5: a client of that name that stands alone is linked, not doubled', async () => {
    // Desk refuses it once, so that the client is known and stands alone for a while.
    await lab.sandbox.control('POST', 'faults', {
      ...{ side: 'desk', method: 'POST', path: '/companies.json', kind: 'status', status: 400, times: 1 },
    });
    const id = await client('Twin Works');
    await settled(`teamwork:${id}`, 'failing');
    const { deskId } = await make('--name "Twin Works" --website twin.example --add-as-client');
    await settled(`desk:${deskId}`);
    expect(await explain(`desk:${deskId}`)).toMatchObject({ teamworkId: String(id) });
    expect(await named('teamwork', 'Twin Works')).toMatchObject([{ website: 'twin.example' }]);
    expect(await named('desk', 'Twin Works')).toHaveLength(1);
  });

  test('R5: a name held by a link or the owner company is refused, naming it, and nothing is made', async () => {
    const [linked] = (await truthOf(lab.sandbox)).teamwork.company.filter(
      ({ name }) => name === 'Asked Works',
    );
    const refused = await cli('company create --name "Asked Works Ltd" --add-as-client');
    expect([refused.code, refused.err]).toEqual([
      exitCode.no,
      expect.stringContaining(`teamwork:${linked?.id}, link`),
    ]);
    const owner = (await lab.engine.store.site(site))?.ownerCompanyId ?? '';
    const name = (await truthOf(lab.sandbox)).teamwork.company.find(({ id }) => String(id) === owner)?.name;
    const ownName = await cli(`company create --name "${name}" --add-as-client`);
    expect([ownName.code, ownName.err]).toEqual([
      exitCode.no,
      expect.stringContaining(`teamwork:${owner}, the owner company`),
    ]);
    expect(await named('desk', 'Asked Works Ltd')).toEqual([]);
  });

  test('R5: a name taken in Desk is refused, naming it', async () => {
    const id = await newDeskCompany('Taken Works');
    const refused = await cli('company create --name "Taken Works"');
    expect([refused.code, refused.err]).toEqual([exitCode.no, expect.stringContaining(`desk:${id}`)]);
    expect(await named('desk', 'Taken Works')).toHaveLength(1);
  });

  test('R5, R22: a client whose Desk company was deleted is restored with the box', async () => {
    const { deskId, link } = await make('--name "Back Works" --add-as-client');
    await settled(`desk:${deskId}`);
    await lab.sandbox.asUser('DELETE', `/desk/api/v2/companies/${deskId}.json`);
    await comesTrue(async () => (await explain(String(link))).status === 'broken');
    // `explain` knows of the deletion a moment before the break is carried out; until then the link holds the name.
    await comesTrue(
      async () => (await cli('company create --name "Back Works" --add-as-client')).code === exitCode.fine,
    );
    await settled(String(link));
    expect(await named('teamwork', 'Back Works')).toHaveLength(1);
  });

  test.each(['reset_after', 'reset_before'])(
    'R15: the answer lost (%s), it is looked for and made once',
    async (kind) => {
      const name = kind === 'reset_after' ? 'Lost Works' : 'Cut Works';
      await lab.sandbox.control('POST', 'faults', {
        ...{ side: 'desk', method: 'POST', path: '/companies.json', kind, times: 1 },
      });
      const before = await creates();
      const { deskId } = await make(`--name "${name}"`);
      expect((await named('desk', name)).map(({ id }) => String(id))).toEqual([deskId]);
      expect(await creates()).toBe(before + (kind === 'reset_after' ? 1 : 2));
      await settled(`desk:${deskId}`, 'excluded');
      expect(await explain(`desk:${deskId}`)).toMatchObject({ reason: 'unchecked' });
    },
  );

  test('R30: while the site is paused nothing is made', async () => {
    await done('pause');
    expect(await cli('company create --name "Paused Works"')).toMatchObject({ code: exitCode.no });
    await done('resume');
    expect(await named('desk', 'Paused Works')).toEqual([]);
  });
});
