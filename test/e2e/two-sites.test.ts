/** Several sites on one engine: what befalls one is not noticed by another. */
import { connectSite } from '../../src/connect';
import type { Side } from '../../src/domain/record';
import { operate } from '../cli/operator';
import { openThinVendor, type ThinVendor } from '../support/thin-vendor';
import { openLab, site as acme, token, type Lab } from '../support/lab';
import type { SandboxControls } from '../support/sandbox-controls';
import { truthOf } from '../support/truth';
import { until } from '../support/until';

const size = { companies: 4, people: 20, 'rate-limit': 60_000 };

let lab: Lab;
/** Where the engine reaches the site `moved`, whatever account answers there. */
let address: ThinVendor;
let stranger: SandboxControls;
/** By site. */
const sandboxes = new Map<string, SandboxControls>();
const pairs = new Map<string, Readonly<Record<Side, string>>>();

beforeAll(async () => {
  lab = await openLab({ sandbox: { ...size, seed: 4 }, settleMs: 1_000, pollMs: 1_000 });
  sandboxes.set(acme, lab.sandbox);
  for (const [seed, site] of ['revoked', 'resting', 'moved'].entries())
    sandboxes.set(site, await lab.startSandbox({ ...size, seed: 5 + seed }));
  stranger = await lab.startSandbox({ ...size, seed: 9 });
  address = await openThinVendor(sandboxOf('moved').url);
  await lab.startWorker();
  for (const [site, sandbox] of sandboxes) {
    const url = site === 'moved' ? address.url : sandbox.url;
    await connectSite(lab.engine, { site, url, credentials: { teamwork: token, desk: token } });
    const run = await lab.engine.client.startRun(site, 'sync');
    await until(async () => (await lab.engine.store.run(site, run))?.state === 'finished');
    pairs.set(site, await linkedPair(site));
  }
});
afterAll(async () => {
  await lab.close();
  await address.close();
});

const sandboxOf = (site: string): SandboxControls => {
  const found = sandboxes.get(site);
  if (found === undefined) throw new Error(`There is no site ${site}.`);
  return found;
};

async function linkedPair(site: string): Promise<Readonly<Record<Side, string>>> {
  const [row] = await lab.engine.reads.links(site, { kind: 'customer', status: 'in_sync', limit: 1 });
  const { teamwork, desk } = row?.link.ids ?? { teamwork: null, desk: null };
  if (teamwork === null || desk === null) throw new Error(`Nobody of ${site} is linked.`);
  return { teamwork, desk };
}

async function editThere(site: string, lastName: string): Promise<() => Promise<boolean>> {
  const { teamwork = '', desk = '' } = pairs.get(site) ?? {};
  await sandboxOf(site).asUser('PUT', `/people/${teamwork}.json`, { person: { 'last-name': lastName } });
  return async () => {
    const { desk: there } = await truthOf(sandboxOf(site));
    return there.customer.find(({ id }) => String(id) === desk)?.lastName === lastName;
  };
}

const writesOn = async (sandbox: SandboxControls) =>
  (await sandbox.calls()).filter((call) => call.token === token && call.method !== 'GET').length;
const writesTo = (site: string) => writesOn(sandboxOf(site));

test('R23, R30: one site with a revoked credential and one paused: the third does not notice', async () => {
  await sandboxOf('revoked').control('POST', 'token', { token, role: 'none' });
  const parts = { parts: () => Promise.resolve(lab.engine) };
  expect(await operate(parts, 'pause --site resting')).toMatchObject({ code: 0 });
  const before = { revoked: await writesTo('revoked'), resting: await writesTo('resting') };
  const [kept, rested] = [await editThere('revoked', 'Kept'), await editThere('resting', 'Rested')];

  for (const round of [1, 2, 3]) await until(await editThere(acme, `Arrived ${round}`));

  await until(async () => (await lab.engine.store.site('revoked'))?.frozen !== null);
  expect((await lab.engine.store.site(acme))?.frozen).toBeNull();
  expect({ revoked: await writesTo('revoked'), resting: await writesTo('resting') }).toEqual(before);
  for (const link of await lab.engine.reads.links('revoked', { kind: 'customer', limit: 100 }))
    expect(link.link.phase).not.toBe('broken');

  // Nothing is lost: each goes on where it stopped.
  await sandboxOf('revoked').control('POST', 'token', { token, role: 'admin' });
  const again = { site: 'revoked', url: sandboxOf('revoked').url };
  await connectSite(lab.engine, { ...again, credentials: { teamwork: token, desk: token } });
  expect(await operate(parts, 'resume --site resting')).toMatchObject({ code: 0 });
  await until(kept);
  await until(rested);
});

test('R29: another account behind one site’s address: frozen, nothing written to either; back, it goes on', async () => {
  const cli = (argv: string) => operate({ parts: () => Promise.resolve(lab.engine) }, argv);
  const frozen = async () => (await lab.engine.store.site('moved'))?.frozen ?? null;
  const { teamwork = '', desk = '' } = pairs.get('moved') ?? {};
  const before = await writesTo('moved');
  address.leadTo(stranger.url);
  await until(async () => (await frozen()) !== null);
  expect(await frozen()).toContain('Another Desk account answers at this address');

  // The same ids are other people there.
  await stranger.asUser('PUT', `/people/${teamwork}.json`, { person: { 'last-name': 'Stranger' } });
  await stranger.asUser('PATCH', `/desk/api/v2/customers/${desk}.json`, { customer: { lastName: 'Odd' } });
  const kept = await editThere('moved', 'Kept');
  await until(await editThere(acme, 'Not concerned'));
  const told = (await cli('sites --json')).json() as { sites: { id: string; state: string }[] };
  expect(told.sites.find(({ id }) => id === 'moved')).toMatchObject({ state: 'frozen' });
  expect(await cli('doctor --site moved')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/Desk .*another account answers[\s\S]*frozen: Another Desk account/) as string,
  });
  expect((await cli('explain --site moved ' + `teamwork:${teamwork}`)).out).toContain('The site is frozen');
  expect(await cli('connect --site moved')).toMatchObject({
    code: 3,
    err: expect.stringContaining('This is another Desk') as string,
  });
  expect(await frozen()).not.toBeNull();
  expect([await writesOn(stranger), await writesTo('moved')]).toEqual([0, before]);
  const links = await lab.engine.reads.links('moved', { kind: 'customer', limit: 100 });
  expect(links.filter(({ link }) => link.phase === 'broken')).toEqual([]);
  expect(JSON.stringify(links)).not.toMatch(/Stranger|Odd/);

  address.leadTo(sandboxOf('moved').url);
  expect(await cli('connect --site moved')).toMatchObject({ code: 0 });
  await until(kept);
  expect(await frozen()).toBeNull();
  expect(await writesOn(stranger)).toBe(0);
});

test('R33: the vendor’s own sync seen: connect, doctor and the run say so, pairs are linked, nothing is written', async () => {
  const cli = (argv: string) =>
    operate(
      { parts: () => Promise.resolve(lab.engine), credentials: { teamwork: token, desk: token } },
      argv,
    );
  const own = await lab.startSandbox({ ...size, seed: 4 });
  sandboxes.set('vendors', own);
  // Of one that it made, the website was changed on one side since.
  await own.asUser('POST', '/projects/api/v3/companies.json', {
    company: { name: 'Tied Works', website: 'tied.example' },
  });
  await own.asUser('POST', '/desk/api/v2/companies.json', {
    company: { name: 'Tied Works', website: 'untied.example' },
    included: { domains: [{ name: 'tied.example' }] },
  });
  await own.control('POST', 'switches', { builtInSync: true });
  expect((await cli(`connect --site vendors --url ${own.url}`)).out).toContain(
    "The vendor's own sync seems to run here",
  );
  const state = async () => {
    const { sites } = (await cli('sites --json')).json() as { sites: { id: string; state: string }[] };
    return sites.find(({ id }) => id === 'vendors')?.state;
  };
  expect(await state()).toBe('links only');
  expect((await cli('doctor --site vendors')).out).toMatch(/it seems to run[\s\S]*--vendor-sync off/);

  const ran = await cli('sync start --site vendors');
  expect([ran.code, await writesTo('vendors')]).toEqual([0, 0]);
  const linked = await lab.engine.reads.links('vendors', { kind: 'customer', status: 'in_sync', limit: 100 });
  expect(linked.length).toBeGreaterThan(0);
  const newcomer = await own.asUser<{ company: { id: number } }>('POST', '/projects/api/v3/companies.json', {
    company: { name: 'New Beside Both' },
  });
  const explained = async () => {
    const told = await cli(`explain teamwork:${newcomer.company.id} --site vendors --json`);
    // A record that nobody has read yet goes by no name.
    if (told.code !== 0) return undefined;
    return (told.json() as { matches: { reason: string; action: string | null }[] }).matches[0];
  };
  await until(async () => (await explained())?.reason === 'vendor_sync_running');
  expect((await explained())?.action).toContain('connect --vendor-sync off');
  // What polls have just brought is pending until its turn ends.
  await until(async () => (await cli('verify --site vendors')).code === 0);
  expect(await writesTo('vendors')).toBe(0);

  // It is switched off, and the operator says so: then this sync does all of it.
  await own.control('POST', 'switches', { builtInSync: false });
  expect((await cli('doctor --site vendors')).out).toContain('it seems to run (no sign of it)');
  expect((await cli('connect --site vendors --vendor-sync off')).code).toBe(0);
  expect(await state()).toBe('on');
  expect((await cli('sync start --site vendors')).code).toBe(0);
  expect((await truthOf(own)).desk.company.map(({ name }) => name)).toContain('New Beside Both');
  await until(async () => (await cli('verify --site vendors')).code === 0);
});

test('B3: sites, sync status and doctor tell how far each side is known', async () => {
  const parts = { parts: () => Promise.resolve(lab.engine) };
  await until(async () => (await lab.engine.reads.freshness(acme)).teamwork.deletions !== null);
  await until(async () => (await lab.engine.reads.freshness(acme)).desk.deletions !== null);
  const known = expect.stringMatching(/^\d{4}-/) as unknown;
  const fresh = {
    teamwork: { changes: known, deletions: known },
    desk: { changes: known, deletions: known },
  };
  const { sites } = (await operate(parts, 'sites --json')).json() as { sites: { id: string }[] };
  expect(sites.find(({ id }) => id === acme)).toMatchObject({ freshness: fresh });
  expect((await operate(parts, `sync status --site ${acme} --json`)).json()).toMatchObject({
    freshness: fresh,
  });
  expect((await operate(parts, 'sites')).out).toMatch(/known as of/);
  expect((await operate(parts, `sync status --site ${acme}`)).out).toMatch(
    /Desk: edits as of \d+ s ago, deletions as of \d+ s ago\./,
  );
});
