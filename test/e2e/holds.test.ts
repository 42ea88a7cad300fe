/** Mass changes are held (R26), on the whole stack: users make them, an operator answers. */
import { Client } from 'pg';
import { exitCode } from '../../src/cli/failures';
import { site } from '../support/lab';
import { until } from '../support/until';
import { openWatchedLab, type Pair, type WatchedLab } from '../support/watched-lab';

/** R26: of one field as many pass in a day. */
const roomForField = 25;

let watched: WatchedLab;
let people: readonly Pair[];

beforeAll(async () => {
  watched = await openWatchedLab({ people: 60 });
  const rows = await watched.lab.engine.reads.links(site, {
    ...{ kind: 'customer', status: 'in_sync', limit: 500 },
  });
  people = rows.map(({ link }) => ({
    ...{ link: link.number, kind: 'customer' },
    ids: { teamwork: Number(link.ids.teamwork), desk: Number(link.ids.desk) },
  }));
});
afterAll(() => watched.lab.close());

interface Item {
  readonly id: number;
  readonly kind: string;
  readonly reason: string;
  readonly count: number;
}
const holds = async (): Promise<readonly Item[]> =>
  ((await watched.cli('attention --json')).json() as { holds: readonly Item[] }).holds;
const linkNow = async ({ link }: Pair) => (await watched.lab.engine.store.view(site, link))?.link;
const held = async (): Promise<readonly Pair[]> => {
  const states = await Promise.all(people.map(linkNow));
  return people.filter((_, index) => states[index]?.status === 'held');
};
const explained = async (pair: Pair) => {
  const told = (await watched.cli(`explain ${pair.link} --json`)).json() as {
    matches: readonly { status: string; reason: string; action: string | null }[];
  };
  return told.matches[0];
};
/** The only hold, once so many wait in it and nobody is at work. */
async function onlyHold(count: number): Promise<Item> {
  let seen: readonly Item[] = [];
  await until(
    async () => (seen = await holds()).length === 1 && seen[0]?.count === count,
    () => JSON.stringify(seen),
  );
  await watched.quiet();
  const [hold] = await holds();
  if (hold?.count !== count) throw new Error(`It went on to ${JSON.stringify(hold)}.`);
  return hold;
}
/** As `attention` shows it to people. */
const setOf = async (hold: number): Promise<string> => {
  const { out } = await watched.cli('attention');
  return new RegExp(`hold ${hold}: .*, set (\\d+)`).exec(out)?.[1] ?? '';
};
/** Postgres’ clock cannot be turned on; the approval is made older instead. */
async function anHourLater(hold: number): Promise<void> {
  const client = new Client({ connectionString: watched.lab.databaseUrl });
  await client.connect();
  await client.query(
    "update holds set answered_at = answered_at - interval '1 hour', expires_at = expires_at - interval '1 hour' where number = $1",
    [hold],
  );
  await client.end();
}

describe('R26: one field rewritten on many', () => {
  const surplus = 3;
  const lastNames = async (pairs: readonly Pair[]) =>
    Promise.all(pairs.map((pair) => watched.valueOf(pair, 'teamwork', 'lastName')));
  let waiting: readonly Pair[];

  test('above the allowance waits in one hold; explain names the command that lets it pass', async () => {
    const edited = people.slice(0, roomForField + surplus);
    for (const pair of edited) await watched.edit(pair, 'desk', { lastName: 'Imported' });
    const hold = await onlyHold(surplus);
    expect(hold).toMatchObject({ kind: 'customer', reason: 'field_change' });
    waiting = await held();
    expect(waiting).toHaveLength(surplus);
    for (const pair of edited.filter((one) => !waiting.includes(one)))
      await watched.has(pair, 'teamwork', { lastName: 'Imported' });
    expect(await lastNames(waiting)).not.toContain('Imported');
    for (const pair of waiting) {
      expect(await explained(pair)).toMatchObject({
        ...{ status: 'held', reason: 'mass_change', action: `teamwork-desk-sync approve ${hold.id}` },
      });
    }
  });

  test('an answer to a set that has changed since is refused, telling the set of now', async () => {
    const hold = await onlyHold(surplus);
    const seen = await setOf(hold.id);
    const [first] = waiting;
    if (first === undefined) throw new Error('Nobody waits.');
    const before = String(await watched.valueOf(first, 'teamwork', 'lastName'));
    await watched.edit(first, 'desk', { lastName: before });
    await onlyHold(surplus - 1);
    await watched.statusBecomes(first.link, 'in_sync');
    expect(await watched.cli(`approve ${hold.id} --set ${seen}`)).toMatchObject({
      ...{ code: exitCode.no, err: expect.stringContaining('has changed since') as string },
    });
    expect(await holds()).toMatchObject([{ id: hold.id, count: surplus - 1 }]);
    waiting = waiting.slice(1);
  });

  test('an approval lets exactly that pass: what was edited again after it is held anew', async () => {
    const hold = await onlyHold(surplus - 1);
    const [approved, moved] = waiting;
    if (approved === undefined || moved === undefined) throw new Error('Too few wait.');
    const before = String(await watched.valueOf(moved, 'teamwork', 'lastName'));
    await watched.done('pause customer');
    await watched.done(`approve ${hold.id} --set ${await setOf(hold.id)}`);
    await watched.edit(moved, 'desk', { lastName: 'Otherwise' });
    await watched.isRead(moved, 'desk', { lastName: 'Otherwise' });
    expect(await lastNames(waiting)).not.toContain('Imported');
    await watched.done('resume customer');
    await watched.has(approved, 'teamwork', { lastName: 'Imported' });
    const anew = await onlyHold(1);
    expect(anew.id).not.toBe(hold.id);
    expect(await watched.valueOf(moved, 'teamwork', 'lastName')).toBe(before);

    await watched.done(`reject ${anew.id}`);
    await watched.statusBecomes(moved.link, 'held', 'mass_change_rejected');
    expect((await explained(moved))?.reason).toBe('mass_change_rejected');
    expect(await holds()).toEqual([]);
    await watched.edit(moved, 'desk', { lastName: before });
    await watched.statusBecomes(moved.link, 'in_sync');
  });
});

describe('R26: deletions of more than half', () => {
  const surplus = 2;

  test('wait, and nobody is taken for gone; an approval that is an hour old lets nothing pass', async () => {
    const active = (await Promise.all(people.map(linkNow))).filter((link) => link?.phase === 'active');
    const gone = people.slice(0, Math.min(25, Math.floor(active.length / 2)) + surplus);
    for (const pair of gone) await watched.remove(pair, 'desk');
    const hold = await onlyHold(surplus);
    expect(hold).toMatchObject({ kind: 'customer', reason: 'break' });
    const waiting = await held();
    for (const pair of waiting) {
      expect((await explained(pair))?.action).toBe(`teamwork-desk-sync approve ${hold.id}`);
    }
    await watched.done('pause customer');
    await watched.done(`approve ${hold.id}`);
    await anHourLater(hold.id);
    await watched.done('resume customer');
    const anew = await onlyHold(surplus);
    expect(anew.id).not.toBe(hold.id);
    expect(await held()).toEqual(waiting);

    await watched.done(`approve ${anew.id}`);
    for (const pair of waiting) await watched.statusBecomes(pair.link, 'broken', 'deleted_in_desk');
    expect(await watched.cli(`approve ${anew.id}`)).toMatchObject({ code: exitCode.no });
    for (const pair of gone) {
      expect(await watched.users.rowOf('teamwork', 'customer', pair.ids.teamwork)).toBeDefined();
    }
  });
});
