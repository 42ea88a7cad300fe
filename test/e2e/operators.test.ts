/** What operators do about single records, on the whole stack: users act through the vendors' APIs, the operator by the CLI. */
import { exitCode } from '../../src/cli/failures';
import { openLab, site, type Lab } from '../support/lab';
import { desk, operatorOf } from '../support/operator-of';
import { openThinVendor, type ThinVendor } from '../support/thin-vendor';
import { truthOf } from '../support/truth';

const person = (first: string, last: string) => ({
  firstName: first,
  lastName: last,
  email: `${first}@solo.test`.toLowerCase(),
});

describe('an operator', () => {
  let lab: Lab;
  let address: ThinVendor;
  let solo: number;
  const { cli, done, explain, comesTrue, settled, inTeamwork, inDesk, newDeskCompany, newCustomer } =
    operatorOf(() => lab);

  beforeAll(async () => {
    lab = await openLab({
      sandbox: { companies: 5, people: 20, seed: 3, 'rate-limit': 60_000 },
      settleMs: 1_000,
    });
    address = await openThinVendor(lab.sandbox.url);
    await lab.connect(address.url);
    solo = await newDeskCompany('Solo Works');
    await newCustomer(person('Ida', 'Noon'), solo);
    await lab.startWorker();
  });
  afterAll(async () => {
    await lab.close();
    await address.close();
  });

  test('R2: before the first InitialSync nothing is asked for', async () => {
    expect(await cli(`add-as-client ${solo}`)).toMatchObject({
      code: exitCode.no,
      err: expect.stringContaining('sync start') as string,
    });
  });

  test('R5: a company made in Desk stands alone until somebody asks, then its customers come along', async () => {
    await lab.runEnded(await lab.startRun());
    expect(await explain(`desk:${solo}`)).toMatchObject({ status: 'excluded', reason: 'not_asked' });
    await done(`add-as-client ${solo}`);
    await settled('"Solo Works"');
    await settled('ida@solo.test');
    expect(await inTeamwork('ida@solo.test')).toBeDefined();
    expect((await cli(`add-as-client ${solo}`)).code).toBe(exitCode.no);
  });

  test('R5: the name of the owner company is refused, naming it, and a mistyped id is told', async () => {
    const owner = (await lab.engine.store.site(site))?.ownerCompanyId ?? '';
    const truth = await truthOf(lab.sandbox);
    const name = truth.teamwork.company.find(({ id }) => String(id) === owner)?.name ?? '';
    const there = truth.desk.company.find((row) => row.name === name);
    const twin = there?.id ?? (await newDeskCompany(name));
    const refused = await cli(`add-as-client ${twin}`);
    expect([refused.code, refused.err]).toEqual([exitCode.no, expect.stringContaining(`teamwork:${owner}`)]);
    expect(await cli('add-as-client 99999999')).toMatchObject({ code: exitCode.no });
  });

  test('R7: the setting off, a new customer stays out; create-contact brings one', async () => {
    // Vendors tell whole seconds: who came within the second of the opting in counts as there before it (R5).
    const joinedBy = Date.now();
    await comesTrue(() => Promise.resolve(Date.now() - joinedBy > 1_000));
    const id = await newCustomer(person('Olga', 'Late'), solo);
    await lab.engine.operations.linkFor(site, 'customer', 'desk', String(id));
    await done(
      `retry ${(await lab.engine.operations.linkFor(site, 'customer', 'desk', String(id))).toString()}`,
    );
    await settled(`desk:${id}`, 'excluded');
    expect(await explain(`desk:${id}`)).toMatchObject({ reason: 'automatic_creation_off' });
    await done(`create-contact ${id}`);
    await settled(`desk:${id}`);
    expect(await inTeamwork('olga@solo.test')).toBeDefined();
  });

  test('R7: turned on, it acts on those who come from then on; --include-earlier brings the others', async () => {
    const before = await newCustomer(person('Eve', 'Early'), solo);
    await lab.engine.operations.linkFor(site, 'customer', 'desk', String(before));
    await settled(`desk:${before}`, 'excluded');
    // Vendors tell whole seconds: who came within the setting's own second counts as from then on.
    const madeBy = Date.now();
    await comesTrue(() => Promise.resolve(Date.now() - madeBy > 1_000));
    await done('settings set automaticallyCreateContacts on');
    await done(`retry desk:${before}`);
    await settled(`desk:${before}`, 'excluded');
    await done('settings set automaticallyCreateContacts on --include-earlier');
    await settled(`desk:${before}`);
  });

  test('R22: unlinked by hand nothing happens; relinked, the edits of both sides are merged', async () => {
    const { teamworkId, deskId, link } = await explain('ida@solo.test');
    await done(`unlink ${link}`);
    expect(await explain(`desk:${deskId ?? ''}`)).toMatchObject({
      status: 'broken',
      reason: 'unlinked_by_operator',
    });
    await lab.sandbox.asUser('PUT', `/people/${teamworkId ?? ''}.json`, { person: { 'first-name': 'Ada' } });
    await lab.sandbox.asUser('PATCH', `${desk}/customers/${deskId ?? ''}.json`, {
      customer: { lastName: 'Moon' },
    });
    await lab.runEnded(await lab.startRun());
    expect(await explain(`desk:${deskId ?? ''}`)).toMatchObject({ status: 'broken' });
    await done(`relink ${link}`);
    await settled(`desk:${deskId ?? ''}`);
    expect(await inDesk(deskId)).toMatchObject({ firstName: 'Ada', lastName: 'Moon' });
  });

  test('R22: restored, the missing record is made once more, and the old id stays dead', async () => {
    const { deskId, link } = await explain('ida@solo.test');
    await lab.sandbox.asUser('DELETE', `${desk}/customers/${deskId ?? ''}.json`);
    await done(`retry ${link}`);
    await settled(String(link), 'broken');
    expect(await cli(`relink ${link}`)).toMatchObject({ code: exitCode.no });
    await done(`restore ${link}`);
    await settled(String(link));
    const again = await explain(String(link));
    expect(again.link).toBe(link);
    expect(again.deskId).not.toBe(deskId);
    expect(await inDesk(again.deskId)).toMatchObject({ firstName: 'Ada', lastName: 'Moon' });
    expect(await explain(`desk:${deskId ?? ''}`)).toMatchObject({
      status: 'broken',
      reason: 'deleted_in_desk',
    });
  });

  test('R25: a company deleted in Desk comes back with its people in the same action', async () => {
    const { deskId, link } = await explain('"Solo Works"');
    await lab.sandbox.asUser('DELETE', `${desk}/companies/${deskId ?? ''}.json`);
    await done(`retry ${link}`);
    await settled(String(link), 'broken');
    const ida = await explain('ida@solo.test');
    await done(`retry ${ida.link}`);
    await settled(String(ida.link), 'suspended');
    await done(`restore ${link} --with-people`);
    await settled(String(link));
    await settled(String(ida.link));
  });

  test('R11: a conflict’s loser is chosen, and both sides have it', async () => {
    const { teamworkId, deskId, link } = await explain('olga@solo.test');
    await done('settings set conflictPolicy teamwork');
    await lab.sandbox.asUser('PUT', `/people/${teamworkId ?? ''}.json`, { person: { 'last-name': 'Tyne' } });
    await lab.sandbox.asUser('PATCH', `${desk}/customers/${deskId ?? ''}.json`, {
      customer: { lastName: 'Trent' },
    });
    await done(`retry ${link}`);
    await settled(String(link));
    expect(await inDesk(deskId)).toMatchObject({ lastName: 'Tyne' });
    await done(`choose ${link} lastName desk`);
    await settled(String(link));
    expect(await inDesk(deskId)).toMatchObject({ lastName: 'Trent' });
    expect(await inTeamwork('olga@solo.test')).toMatchObject({ lastName: 'Trent' });
    expect((await cli(`choose ${link} lastName desk`)).code).toBe(exitCode.no);
  });

  test('R30: one link paused is not written; resumed, it catches up', async () => {
    const { teamworkId, deskId, link } = await explain('olga@solo.test');
    await done(`pause ${link}`);
    await lab.sandbox.asUser('PUT', `/people/${teamworkId ?? ''}.json`, { person: { 'first-name': 'Held' } });
    await done(`retry ${link}`);
    expect(await explain(String(link))).toMatchObject({ status: 'paused' });
    expect(await inDesk(deskId)).toMatchObject({ firstName: 'Olga' });
    await done(`resume ${link}`);
    await settled(String(link));
    expect(await inDesk(deskId)).toMatchObject({ firstName: 'Held' });
  });

  test('R32: forgotten, nothing of the person is kept, and later reads leave nothing', async () => {
    const { teamworkId, link } = await explain('olga@solo.test');
    await done('forget olga@solo.test');
    await lab.runEnded(await lab.startRun());
    expect((await cli('explain olga@solo.test')).code).toBe(exitCode.no);
    expect(await explain(String(link))).toMatchObject({ status: 'broken', reason: 'forgotten', teamworkId });
    expect(JSON.stringify((await cli(`timeline ${link} --json`)).json())).not.toMatch(
      /olga|Trent|Tyne|Held/i,
    );
    expect(await cli(`relink ${link}`)).toMatchObject({ code: exitCode.no });
  });

  test('R29: another account is known by one record that was made at another time: frozen, nothing written', async () => {
    const stranger = await lab.startSandbox({ companies: 5, people: 20, seed: 4, 'rate-limit': 60_000 });
    const [row] = await lab.engine.reads.links(site, { kind: 'customer', status: 'in_sync', limit: 1 });
    const { number, ids } = row?.link ?? { number: 0, ids: { teamwork: null, desk: null } };
    address.leadTo(stranger.url);
    await done(`retry ${number}`);
    await comesTrue(async () => (await lab.engine.store.site(site))?.frozen !== null);
    const calls = await stranger.calls();
    expect(calls.map(({ path }) => path)).toContainEqual(expect.stringContaining(ids.teamwork ?? 'none'));
    expect(calls.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect((await lab.engine.store.view(site, number))?.link.phase).toBe('active');
    address.leadTo(lab.sandbox.url);
    await lab.connect(address.url);
    await settled(String(number));
  });

  test('R24: deletes nothing', async () => {
    const calls = await lab.sandbox.calls();
    expect(calls.filter(({ method, token }) => method === 'DELETE' && token === 'sandbox-token')).toEqual([]);
  });
});
