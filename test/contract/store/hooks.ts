/** The hooks that we registered: what signs them, and how they stand. */
import { randomUUID } from 'node:crypto';
import { until } from '../../support/until';
import { company, type MakeStore, type World } from '../../support/store-world';
import { openedFor } from './opened';

const events = [
  { event: 'COMPANY.UPDATED', id: '1', on: true },
  { event: 'USER.UPDATED', id: '2', on: true },
];

export function hooksContract(make: MakeStore): void {
  const opened = openedFor(make);
  const teamworkHooks = async (world: World) => (await world.store.siteHooks(world.site)).teamwork;

  it('B1: a side has no secret until it is asked for one, and then keeps it', async () => {
    const world = await opened.world();
    expect(await world.store.hookSecrets(world.site, 'desk')).toBeNull();
    const made = await world.store.ensureHookSecrets(world.site, 'desk');
    expect(made).toMatchObject({ isNew: true, previous: null });
    expect(Buffer.from(made.current, 'hex')).toHaveLength(32);
    expect(await world.store.ensureHookSecrets(world.site, 'desk')).toEqual({ ...made, isNew: false });
    expect(await world.store.hookSecrets(world.site, 'teamwork')).toBeNull();
    expect((await world.store.ensureHookSecrets(world.site, 'teamwork')).current).not.toBe(made.current);
  });

  it('B1: two processes that ask for the first secret at once get the same', async () => {
    const world = await opened.world();
    const made = await Promise.all(
      Array.from({ length: 4 }, () => world.store.ensureHookSecrets(world.site, 'desk')),
    );
    expect(new Set(made.map(({ current }) => current)).size).toBe(1);
    expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  it('B1: during a rotation two secrets are valid, until the new one is confirmed', async () => {
    const world = await opened.world();
    const { current: first } = await world.store.ensureHookSecrets(world.site, 'desk');
    await world.store.rotateHookSecret(world.site, 'desk');
    const during = await world.store.hookSecrets(world.site, 'desk');
    expect(during).toMatchObject({ previous: first });
    expect(during?.current).not.toBe(first);

    await world.store.rotateHookSecret(world.site, 'desk');
    expect(await world.store.hookSecrets(world.site, 'desk')).toEqual(during);

    await world.store.confirmHookSecret(world.site, 'desk', first);
    expect(await world.store.hookSecrets(world.site, 'desk')).toEqual(during);
    await world.store.confirmHookSecret(world.site, 'desk', during?.current ?? '');
    expect(await world.store.hookSecrets(world.site, 'desk')).toEqual({
      current: during?.current,
      previous: null,
    });
  });

  it('B1: what the vendor has replaces what was noted before', async () => {
    const world = await opened.world();
    expect(await teamworkHooks(world)).toEqual({ problem: null, checkedAt: null, hooks: [] });
    await world.store.noteHooks(world.site, 'teamwork', events, null);
    expect(await teamworkHooks(world)).toMatchObject({
      problem: null,
      hooks: [
        { event: 'COMPANY.UPDATED', id: '1', state: 'active', lastDeliveryAt: null },
        { event: 'USER.UPDATED', id: '2', state: 'active', lastDeliveryAt: null },
      ],
    });
    expect((await teamworkHooks(world)).checkedAt).not.toBeNull();
    await world.store.noteHooks(
      world.site,
      'teamwork',
      [{ event: 'USER.UPDATED', id: '3', on: false }],
      'refused',
    );
    expect(await teamworkHooks(world)).toMatchObject({
      problem: 'refused',
      hooks: [{ event: 'USER.UPDATED', id: '3', state: 'off' }],
    });
    expect((await world.store.siteHooks(world.site)).desk.hooks).toEqual([]);
  });

  it('B1: a hook remembers when it was last heard of', async () => {
    const world = await opened.world();
    await world.store.noteHooks(world.site, 'teamwork', events, null);
    await world.store.keepDeliveries(world.site, [
      {
        side: 'teamwork',
        delivery: randomUUID(),
        event: 'USER.UPDATED',
        about: { kind: 'customer', id: '1', news: 'changed' },
        bodyHash: 'a',
      },
    ]);
    await world.store.dispatchDeliveries(world.site, 10);
    expect((await teamworkHooks(world)).hooks.map(({ lastDeliveryAt }) => lastDeliveryAt !== null)).toEqual([
      false,
      true,
    ]);
  });

  it('B1: a hook that does not tell of changes is silent, by kind', async () => {
    const impatient = await make({ hookSilenceMs: 0 });
    const world = await opened.world();
    const states = async () => {
      await impatient.store.noteHooks(world.site, 'teamwork', events, null);
      return (await teamworkHooks(world)).hooks.map(({ state }) => state);
    };
    const watched = { side: 'teamwork', kind: 'company', news: 'changed' } as const;
    const since = new Date().toISOString();
    await world.store.moveWatched(world.site, watched, { since, begunAt: since, everyMs: null });
    const poll = (id: string, name: string, updatedAt: string) =>
      world.store.recordNews(world.site, 'teamwork', 'company', {
        observations: [company('teamwork', id, name, { updatedAt })],
        unreadable: [],
        next: null,
        total: null,
      });
    await poll('5', 'Changed before the hook was there', '2020-01-01T00:00:00Z');
    expect(await states()).toEqual(['active', 'active']);
    await poll('6', 'Changed since', new Date(Date.now() + 1).toISOString());
    await until(async () => (await states()).includes('silent'));
    expect(await states()).toEqual(['silent', 'active']);
    await impatient.close();
  });
}
