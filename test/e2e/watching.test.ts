import { otherSide, type Kind, type Side } from '../../src/domain/record';
import type { LinkRow } from '../../src/ports/reads';
import { openLab, site, token, type Lab } from '../support/lab';
import type { SandboxControls } from '../support/sandbox-controls';
import { truthOf, type TruthRow } from '../support/truth';
import { until } from '../support/until';
import { pathOf } from '../support/vendor-users';

describe('a site without webhooks is kept in step by polling alone', () => {
  let lab: Lab;
  let users: SandboxControls;
  const taken = new Set<number>();

  beforeAll(async () => {
    lab = await openLab({
      sandbox: { companies: 12, people: 60, seed: 4, 'rate-limit': 60_000 },
      settleMs: 1_000,
      pollMs: 1_000,
    });
    users = lab.sandbox;
    await lab.startWorker();
    await lab.connect();
    await lab.runEnded(await lab.startRun());
  });
  afterAll(() => lab.close());

  /** A pair that agrees and that no other test has touched; a company's people go with it. */
  async function aPair(kind: Kind): Promise<LinkRow> {
    const rows = await lab.engine.reads.links(site, { kind, status: 'in_sync', limit: 500 });
    const free = rows.find(
      ({ link, companyLink }) => !taken.has(link.number) && !taken.has(companyLink ?? -1),
    );
    if (free === undefined) throw new Error(`No ${kind} in sync is left.`);
    taken.add(free.link.number);
    if (free.companyLink !== null) taken.add(free.companyLink);
    return free;
  }
  const idOf = ({ link }: LinkRow, side: Side) => Number(link.ids[side]);
  const recordOn = async (side: Side, kind: Kind, id: number): Promise<TruthRow | undefined> =>
    (await truthOf(users))[side][kind].find((row) => row.id === id);
  const linkNow = async (row: LinkRow) => (await lab.engine.store.view(site, row.link.number))?.link;
  const remove = (side: Side, kind: Kind, id: number) =>
    users.asUser('DELETE', `${pathOf[side][kind]}/${id}.json`);
  const writesSince = async (n: number) =>
    (await users.calls(n)).filter((call) => call.token === token && call.method !== 'GET');
  const lastCall = async () => (await users.calls()).at(-1)?.n ?? 0;

  test('R10 an edit of a company in Teamwork.com arrives in Desk', async () => {
    const pair = await aPair('company');
    const change = { company: { website: 'polled-there.test' } };
    await users.asUser('PATCH', `${pathOf.teamwork.company}/${idOf(pair, 'teamwork')}.json`, change);
    await until(async () =>
      JSON.stringify(await recordOn('desk', 'company', idOf(pair, 'desk'))).includes('polled-there'),
    );
  });

  test('R10 an edit of a company in Desk, of which no hook tells, arrives in Teamwork.com', async () => {
    const pair = await aPair('company');
    const change = { company: { website: 'polled-here.test' } };
    await users.asUser('PATCH', `${pathOf.desk.company}/${idOf(pair, 'desk')}.json`, change);
    await until(async () =>
      JSON.stringify(await recordOn('teamwork', 'company', idOf(pair, 'teamwork'))).includes('polled-here'),
    );
  });

  test('R10 edits of one person on both sides both arrive', async () => {
    const pair = await aPair('customer');
    const [there, here] = [idOf(pair, 'teamwork'), idOf(pair, 'desk')];
    await users.asUser('PUT', `/people/${there}.json`, { person: { 'first-name': 'Fromteamwork' } });
    await users.asUser('PATCH', `${pathOf.desk.customer}/${here}.json`, {
      customer: { lastName: 'Fromdesk' },
    });
    await until(async () => {
      const both = [await recordOn('teamwork', 'customer', there), await recordOn('desk', 'customer', here)];
      return both.every(
        (row) => /Fromteamwork/.test(JSON.stringify(row)) && /Fromdesk/.test(JSON.stringify(row)),
      );
    });
  });

  test('R4 a client made in Teamwork.com appears in Desk', async () => {
    await users.asUser('POST', '/projects/api/v3/companies.json', { company: { name: 'Newly Polled Ltd' } });
    await until(async () =>
      (await truthOf(users)).desk.company.some(({ name }) => name === 'Newly Polled Ltd'),
    );
  });

  test('R23 listings that are empty, cut off, no JSON or refused break nothing', async () => {
    const broken = async () =>
      (await lab.engine.reads.links(site, { kind: 'company', status: 'broken', limit: 500 })).length +
      (await lab.engine.reads.links(site, { kind: 'customer', status: 'broken', limit: 500 })).length;
    const faults = [
      { kind: 'empty_list' },
      { kind: 'truncated' },
      { kind: 'html' },
      { kind: 'status', status: 403 },
    ];
    for (const fault of faults) {
      for (const side of ['teamwork', 'desk']) {
        await users.control('POST', 'faults', {
          side,
          method: 'GET',
          path: '(companies|people|customers|deleted)\\.json',
          ...fault,
        });
      }
      const from = await lastCall();
      await lab.engine.client.pollNow(site);
      const hit = (side: Side) => async () =>
        (await users.calls(from)).filter((call) => call.side === side && call.token === token).length >= 4;
      await until(hit('teamwork'));
      await until(hit('desk'));
      await users.control('DELETE', 'faults');
      expect(await broken()).toBe(0);
    }
    expect((await lab.engine.store.site(site))?.frozen).toBeNull();
  });

  describe('deletions', () => {
    const broken: { row: LinkRow; side: Side; kind: Kind; kept: TruthRow | undefined }[] = [];

    test.each([
      ['R18', 'desk', 'company', 'deleted_in_desk'],
      ['R19', 'desk', 'customer', 'deleted_in_desk'],
      ['R20', 'teamwork', 'company', 'deleted_in_teamwork'],
      ['R21', 'teamwork', 'customer', 'deleted_in_teamwork'],
    ] as const)(
      '%s deleted in %s: the %s of the other side stays, the link is broken',
      async (_rule, side, kind, reason) => {
        const row = await aPair(kind);
        const other = otherSide(side);
        await remove(side, kind, idOf(row, side));
        await until(async () => (await linkNow(row))?.phase === 'broken');
        expect((await linkNow(row))?.tombstone).toMatchObject({ reason, side });
        const kept = await recordOn(other, kind, idOf(row, other));
        expect(kept).toBeDefined();
        broken.push({ row, side, kind, kept });
      },
    );

    async function stillBroken(): Promise<void> {
      for (const { row, side, kind, kept } of broken) {
        const other = otherSide(side);
        expect((await linkNow(row))?.phase).toBe('broken');
        expect(await recordOn(side, kind, idOf(row, side))).toBeUndefined();
        expect(await recordOn(other, kind, idOf(row, other))).toEqual(kept);
      }
      expect(broken).toHaveLength(4);
    }

    test.each(['sweep', 'sync'] as const)(
      'R22 after a %s they are still broken, and nothing was written',
      async (mode) => {
        const from = await lastCall();
        expect((await lab.runEnded(await lab.startRun(mode))).state).toBe('finished');
        await stillBroken();
        expect(await writesSince(from)).toEqual([]);
      },
    );

    test('R22 after a restart of the worker, too', async () => {
      await lab.startWorker();
      const fresh = (await lab.engine.reads.freshness(site)).desk.changes ?? '';
      await lab.engine.client.pollNow(site);
      await until(async () => ((await lab.engine.reads.freshness(site)).desk.changes ?? '') > fresh);
      await stillBroken();
    });
  });

  test('both sides are known to be fresh', async () => {
    await until(async () => {
      const fresh = Object.values(await lab.engine.reads.freshness(site));
      return fresh.every(({ changes, deletions }) => changes !== null && deletions !== null);
    });
  });

  test('R29 a revoked credential freezes the site quietly; once it is good again edits arrive', async () => {
    const pair = await aPair('company');
    await users.control('POST', 'token', { token, role: 'none' });
    await until(async () => (await lab.engine.store.site(site))?.frozen !== null);
    await users.control('POST', 'token', { token, role: 'admin' });
    const change = { company: { website: 'while-frozen.test' } };
    await users.asUser('PATCH', `${pathOf.desk.company}/${idOf(pair, 'desk')}.json`, change);
    await lab.connect();
    await until(async () =>
      JSON.stringify(await recordOn('teamwork', 'company', idOf(pair, 'teamwork'))).includes('while-frozen'),
    );
  });

  test('R30 while the site is paused edits are kept, and arrive once it is resumed', async () => {
    const pair = await aPair('company');
    await lab.engine.store.setPaused(site, 'site', true);
    const from = await lastCall();
    const change = { company: { website: 'while-paused.test' } };
    await users.asUser('PATCH', `${pathOf.desk.company}/${idOf(pair, 'desk')}.json`, change);
    await until(async () => {
      const seen = await lab.engine.store.viewOfRecord(site, 'company', 'desk', String(idOf(pair, 'desk')));
      return JSON.stringify(seen?.records.desk?.fields).includes('while-paused');
    });
    expect(await writesSince(from)).toEqual([]);
    await lab.engine.store.setPaused(site, 'site', false);
    await until(async () =>
      JSON.stringify(await recordOn('teamwork', 'company', idOf(pair, 'teamwork'))).includes('while-paused'),
    );
  });
});
