/** An older database in place of the present one (DESIGN §3), on the whole stack: told, frozen, and nothing made twice. */
import { copyOf, epochIn } from '../support/database-copy';
import { site, token } from '../support/lab';
import { doubles, truthOf } from '../support/truth';
import { until } from '../support/until';
import { openWatchedLab, type WatchedLab } from '../support/watched-lab';

let watched: WatchedLab;

beforeAll(async () => {
  watched = await openWatchedLab();
});
afterAll(() => watched.lab.close());

const frozen = async () => (await watched.lab.engine.store.site(site))?.frozen ?? null;
const writesSince = async (since: number) =>
  (await watched.lab.sandbox.calls(since)).filter(
    ({ method, path, token: by }) => method !== 'GET' && by === token && !path.includes('webhook'),
  );

test('a restored older database freezes the site; verify runs, connect and sync start go on, nothing is made twice', async () => {
  const before = await watched.aClient('Before The Copy');
  await watched.quiet();
  const { databaseUrl } = watched.lab;
  const restore = await copyOf(databaseUrl);
  const epoch = await epochIn(databaseUrl, site);

  const company = await watched.aClient('After The Copy');
  const person = await watched.aPerson(company, {
    ...{ firstName: 'After', lastName: 'Copy', email: 'after@copy.example' },
  });
  await watched.edit(before, 'desk', { website: 'https://after.example' });
  await watched.has(before, 'teamwork', { website: 'https://after.example' });
  await watched.quiet();
  // A copy as old as what the watch remembers is no older one.
  await until(async () => (await epochIn(databaseUrl, site)) > epoch);
  await restore();

  await until(async () => (await frozen()) !== null);
  expect(await frozen()).toContain('older copy');
  const since = (await watched.lab.sandbox.calls()).at(-1)?.n ?? 0;
  const verified = await watched.cli('verify --json');
  // Polls may have found what the copy lacked before the epoch was looked at; frozen, nothing is written either way.
  expect([0, 1]).toContain(verified.code);
  expect(await writesSince(since)).toEqual([]);

  await watched.lab.connect();
  expect(await frozen()).toBeNull();
  await watched.lab.runEnded(await watched.lab.startRun());
  await watched.quiet();
  expect(await watched.paired('teamwork', 'company', company.ids.teamwork)).toMatchObject({
    ids: company.ids,
  });
  expect(await watched.paired('teamwork', 'customer', person.ids.teamwork)).toMatchObject({
    ids: person.ids,
  });
  await watched.has(before, 'teamwork', { website: 'https://after.example' });
  const truth = await truthOf(watched.lab.sandbox);
  for (const side of ['teamwork', 'desk'] as const) {
    expect(doubles(truth[side].company.map(({ name }) => name))).toEqual([]);
    expect(doubles(truth[side].customer.map(({ email }) => email))).toEqual([]);
  }
  await until(async () => (await watched.cli('verify')).code === 0);
});
