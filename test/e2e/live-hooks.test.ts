/** Live sync by webhooks alone: users edit and delete through the vendors' APIs, and the other side follows. */
import type { LinkRow } from '../../src/ports/reads';
import { openLab, site, token, type Lab } from '../support/lab';
import { truthOf } from '../support/truth';
import { until } from '../support/until';

let lab: Lab;
let companies: readonly LinkRow[];
let people: readonly LinkRow[];

beforeAll(async () => {
  lab = await openLab({ sandbox: { companies: 12, people: 60, seed: 3, 'rate-limit': 60_000 }, hooks: true });
  await Promise.all([lab.startWorker(), lab.startServer()]);
  await lab.connect();
  await lab.runEnded(await lab.startRun());
  const active = async (kind: 'company' | 'customer') =>
    (await lab.engine.reads.links(site, { kind, status: 'in_sync', limit: 100 })).filter(
      ({ link }) => link.phase === 'active',
    );
  [companies, people] = [await active('company'), await active('customer')];
  await quiet();
});
afterAll(() => lab.close());

const at = (rows: readonly LinkRow[], index: number) => {
  const row = rows[index];
  if (row === undefined) throw new Error(`There is no linked record ${index}.`);
  const { teamwork, desk } = row.link.ids;
  return { link: row.link.number, teamwork: Number(teamwork), desk: Number(desk) };
};

/** Nothing waits and nothing is in work. */
const quiet = () =>
  until(async () => {
    const [mine] = await lab.engine.store.backlogs();
    return mine?.waiting === 0 && mine.due === 0;
  });

const rowOf = async (side: 'teamwork' | 'desk', kind: 'company' | 'customer', id: number) =>
  (await truthOf(lab.sandbox))[side][kind].find((row) => row.id === id);

test('R8, R10: an edit in Teamwork.com arrives in Desk', async () => {
  const { teamwork, desk } = at(companies, 0);
  await lab.sandbox.asUser('PATCH', `/projects/api/v3/companies/${teamwork}.json`, {
    company: { name: 'Renamed there' },
  });
  await until(async () => (await rowOf('desk', 'company', desk))?.name === 'Renamed there');
});

test('R8, R10: an edit in Desk arrives in Teamwork.com, and its echo costs no write (R28)', async () => {
  const { teamwork, desk } = at(people, 0);
  await quiet();
  const last = (await lab.sandbox.calls()).at(-1)?.n ?? 0;
  await lab.sandbox.asUser('PATCH', `/desk/api/v2/customers/${desk}.json`, {
    customer: { firstName: 'Edited' },
  });
  await until(async () => {
    const row = (await rowOf('teamwork', 'customer', teamwork)) as { firstName?: string } | undefined;
    return row?.firstName === 'Edited';
  });
  await quiet();
  const ours = (await lab.sandbox.calls(last)).filter((call) => call.token === token);
  expect(ours.filter(({ method }) => method !== 'GET')).toHaveLength(1);
});

test('R11: an edit on the other side that no hook told of is decided on and kept, not overwritten unseen', async () => {
  const { link, teamwork, desk } = at(people, 3);
  await quiet();
  await lab.sandbox.control('POST', 'hooks', { side: 'desk', drop: 1 });
  await lab.sandbox.asUser('PATCH', `/desk/api/v2/customers/${desk}.json`, {
    customer: { lastName: 'There' },
  });
  await lab.sandbox.asUser('PUT', `/people/${teamwork}.json`, { person: { 'last-name': 'Here' } });
  const lastNames = async () => [
    (await rowOf('teamwork', 'customer', teamwork))?.lastName,
    (await rowOf('desk', 'customer', desk))?.lastName,
  ];
  await until(async () => new Set(await lastNames()).size === 1);
  await lab.sandbox.control('POST', 'hooks', { side: 'desk', drop: 0 });
  const [winner] = await lastNames();
  const kept = (await lab.engine.reads.timeline(site, link, 50)).filter(({ event }) => event === 'conflict');
  expect(JSON.stringify(kept)).toContain(winner === 'Here' ? 'There' : 'Here');
});

interface Deletion {
  readonly rule: string;
  readonly side: 'teamwork' | 'desk';
  readonly kind: 'company' | 'customer';
  readonly path: (id: number) => string;
  readonly index: number;
}

// Desk has no events of companies: R18 is found by polling alone.
const deletions: readonly Deletion[] = [
  {
    rule: 'R19',
    side: 'desk',
    kind: 'customer',
    path: (id) => `/desk/api/v2/customers/${id}.json`,
    index: 1,
  },
  {
    rule: 'R21',
    side: 'teamwork',
    kind: 'customer',
    path: (id) => `/projects/api/v3/people/${id}.json`,
    index: 2,
  },
  {
    rule: 'R20',
    side: 'teamwork',
    kind: 'company',
    path: (id) => `/projects/api/v3/companies/${id}.json`,
    index: 1,
  },
];

test.each(deletions)(
  '$rule: a $kind deleted on $side breaks the link for good and leaves the other (R22)',
  async ({ side, kind, path, index }) => {
    const pair = at(kind === 'company' ? companies : people, index);
    const other = side === 'desk' ? 'teamwork' : 'desk';
    const stays = await rowOf(other, kind, pair[other]);
    await lab.sandbox.asUser('DELETE', path(pair[side]));
    await until(async () => (await lab.engine.store.view(site, pair.link))?.link.phase === 'broken');

    // What comes late or again says what was true before.
    const { deliveries } = await lab.sandbox.control<{ deliveries: readonly { id: number; side: string }[] }>(
      'GET',
      'deliveries',
    );
    for (const { id } of deliveries.filter((one) => one.side === side).slice(-8)) {
      await lab.sandbox.control('POST', 'redeliver', { id });
    }
    await quiet();
    expect((await lab.engine.store.view(site, pair.link))?.link.phase).toBe('broken');
    expect(await rowOf(side, kind, pair[side])).toBeUndefined();
    expect(await rowOf(other, kind, pair[other])).toEqual(stays);
  },
);
