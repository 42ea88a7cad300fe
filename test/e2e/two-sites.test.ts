/** Several sites on one engine: what befalls one is not noticed by another. */
import { connectSite } from '../../src/connect';
import type { Side } from '../../src/domain/record';
import { operate } from '../cli/operator';
import { openLab, site as acme, token, type Lab } from '../support/lab';
import type { SandboxControls } from '../support/sandbox-controls';
import { truthOf } from '../support/truth';
import { until } from '../support/until';

const size = { companies: 4, people: 20, 'rate-limit': 60_000 };

let lab: Lab;
/** By site. */
const sandboxes = new Map<string, SandboxControls>();
const pairs = new Map<string, Readonly<Record<Side, string>>>();

beforeAll(async () => {
  lab = await openLab({ sandbox: { ...size, seed: 4 }, settleMs: 1_000, pollMs: 1_000 });
  sandboxes.set(acme, lab.sandbox);
  for (const [seed, site] of ['revoked', 'resting'].entries())
    sandboxes.set(site, await lab.startSandbox({ ...size, seed: 5 + seed }));
  await lab.startWorker();
  for (const [site, { url }] of sandboxes) {
    await connectSite(lab.engine, { site, url, credentials: { teamwork: token, desk: token } });
    const run = await lab.engine.client.startRun(site, 'sync');
    await until(async () => (await lab.engine.store.run(site, run))?.state === 'finished');
    pairs.set(site, await linkedPair(site));
  }
});
afterAll(() => lab.close());

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

const writesTo = async (site: string) =>
  (await sandboxOf(site).calls()).filter((call) => call.token === token && call.method !== 'GET').length;

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
