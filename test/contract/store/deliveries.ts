/** The inbox of the vendors' hooks: one effect each, and what follows from it. */
import { randomUUID } from 'node:crypto';
import type { Delivery } from '../../../src/ports/deliveries';
import type { DueLink } from '../../../src/ports/due';
import {
  aNewSite,
  company,
  person,
  updating,
  writing,
  type MakeStore,
  type World,
} from '../../support/store-world';
import { openedFor } from './opened';
import { begun, planned } from './step-world';

export function deliveriesContract(make: MakeStore): void {
  const opened = openedFor(make);

  const about = (
    id: string,
    news: 'changed' | 'deleted' = 'changed',
    more: Partial<Delivery> = {},
  ): Delivery => ({
    side: 'teamwork',
    delivery: randomUUID(),
    event: news === 'changed' ? 'COMPANY.UPDATED' : 'COMPANY.DELETED',
    about: { kind: 'company', id, news },
    bodyHash: `hash of ${id}`,
    ...more,
  });
  const keep = (world: World, ...deliveries: readonly Delivery[]) =>
    world.store.keepDeliveries(world.site, deliveries);
  const linksIn = async (world: World) =>
    (await world.reads.links(world.site, { kind: 'company', limit: 100 })).map(({ link }) => link.number);
  const dispatch = (world: World) => world.store.dispatchDeliveries(world.site, 100);
  const claim = (world: World): Promise<readonly DueLink[]> => world.store.claimDue(world.site, null, 100);

  it('B1: a delivery makes its record due, to be read, with the most urgent priority', async () => {
    const world = await opened.world();
    expect(await keep(world, about('5'))).toEqual(['waiting']);
    expect(await claim(world)).toEqual([]);
    expect(await dispatch(world)).toBe(1);
    const [link] = await linksIn(world);
    expect(link).toBeDefined();
    expect(await claim(world)).toEqual([
      { link, kind: 'company', priority: 1, run: null, read: ['teamwork'], deleted: [], plan: null },
    ]);
    expect(await dispatch(world)).toBe(0);
  });

  it('B1: a known delivery id has no second effect, waiting or dispatched', async () => {
    const world = await opened.world();
    const delivery = about('5');
    expect(await keep(world, delivery, delivery)).toEqual(['waiting', 'repeated']);
    expect(await keep(world, delivery)).toEqual(['repeated']);
    await dispatch(world);
    expect(await keep(world, delivery)).toEqual(['repeated']);
    expect(await dispatch(world)).toBe(0);
  });

  it('B1: the ids of the two vendors are apart, and those of two sites', async () => {
    const [world, other] = [await opened.world(), await opened.world()];
    const delivery = about('5');
    const onDesk: Delivery = {
      ...delivery,
      side: 'desk',
      about: { kind: 'customer', id: '5', news: 'changed' },
    };
    expect(await keep(world, delivery, onDesk)).toEqual(['waiting', 'waiting']);
    expect(await keep(other, delivery)).toEqual(['waiting']);
    expect(await dispatch(other)).toBe(1);
    expect(await dispatch(world)).toBe(2);
  });

  it('B1: an equal body about the same record and event coalesces while the earlier one waits, and only then', async () => {
    const world = await opened.world();
    expect([...(await keep(world, about('5'), about('5'), about('6')))].sort()).toEqual([
      'coalesced',
      'waiting',
      'waiting',
    ]);
    const later = about('5');
    expect(await keep(world, later)).toEqual(['coalesced']);
    expect(await keep(world, about('5', 'changed', { bodyHash: 'other' }))).toEqual(['waiting']);
    expect(await dispatch(world)).toBe(3);
    expect(await keep(world, about('5'))).toEqual(['waiting']);
    expect(await keep(world, later)).toEqual(['repeated']);
  });

  it('B1: many processes that keep equal deliveries at once keep each of them once', async () => {
    const world = await opened.world();
    const deliveries = Array.from({ length: 10 }, (_, index) => about(String(index)));
    const kept = await Promise.all(Array.from({ length: 5 }, () => keep(world, ...deliveries)));
    expect(kept.flat().filter((outcome) => outcome === 'waiting')).toHaveLength(10);
    expect(kept.flat().filter((outcome) => outcome === 'repeated')).toHaveLength(40);
  });

  it('B1: an unknown event is noted, and nothing follows', async () => {
    const world = await opened.world();
    expect(await keep(world, about('5', 'changed', { event: 'TASK.CREATED', about: null }))).toEqual([
      'noted',
    ]);
    expect(await dispatch(world)).toBe(0);
  });

  it('R2: nothing is dispatched before the first InitialSync was started, and nothing is lost', async () => {
    const { store } = opened.ports;
    const site = aNewSite();
    await store.addSite(site);
    await store.keepDeliveries(site.id, [about('5')]);
    await store.startRun(site.id, 'plan-1', 'plan');
    expect(await store.dispatchDeliveries(site.id, 10)).toBe(0);
    expect(await store.sitesWithWork()).not.toContain(site.id);
    await store.startRun(site.id, 'run-1', 'sync');
    expect(await store.sitesWithWork()).toContain(site.id);
    expect(await store.dispatchDeliveries(site.id, 10)).toBe(1);
  });

  it('R11: a hook of a linked record has both sides read at once, the echo of our own write its own side, and after users’ edits', async () => {
    const world = await opened.world();
    const link = await world.linkedCompany('Acme', { teamwork: '5', desk: '7' });
    await keep(world, about('5'));
    await dispatch(world);
    expect(await claim(world)).toMatchObject([{ link, read: ['teamwork', 'desk'], priority: 1 }]);
    await world.store.finishDue(world.site, link);

    const plan = writing(updating('teamwork', { website: 'acme.test' }));
    await begun(world, await planned(world, 'company', 'teamwork', '5', plan));
    await keep(world, about('5', 'changed', { bodyHash: 'its echo' }));
    await dispatch(world);
    expect(await claim(world)).toMatchObject([{ link, read: ['teamwork'], priority: 3 }]);
  });

  it('R28: a reading that began after the delivery came is not made again', async () => {
    const world = await opened.world();
    await keep(world, about('5'), about('6'));
    await world.store.recordObservation(
      world.site,
      company('teamwork', '5', 'Read since', { readAt: '2200-01-01T00:00:00Z' }),
    );
    await world.store.recordObservation(
      world.site,
      company('teamwork', '6', 'Read before', { readAt: '2020-01-01T00:00:00Z' }),
    );
    await dispatch(world);
    const five = (await world.linkOf('company', 'teamwork', '5')).link.number;
    const reads = new Map((await claim(world)).map(({ link, read }) => [link, read]));
    expect(reads.get(five)).toEqual([]);
    expect([...reads.values()].sort()).toEqual([[], ['teamwork']]);
  });

  it('R28: a reading of another record with the same id is none of this one', async () => {
    const world = await opened.world();
    await keep(world, about('5'));
    const readAt = '2200-01-01T00:00:00Z';
    await world.store.recordObservation(world.site, company('desk', '5', 'Other', { readAt }));
    await world.store.recordObservation(world.site, { ...person('teamwork', '5', 'a@acme.test'), readAt });
    await dispatch(world);
    expect(await claim(world)).toMatchObject([{ kind: 'company', read: ['teamwork'] }]);
  });

  it('R20: a deletion reaches the link as such, beside what else it is due for', async () => {
    const world = await opened.world();
    const link = await world.linkedCompany('Acme', { teamwork: '5', desk: '50' });
    await keep(world, about('5', 'deleted'), about('5'));
    await dispatch(world);
    expect(await claim(world)).toMatchObject([{ link, read: ['teamwork'], deleted: ['teamwork'] }]);
    await world.store.finishDue(world.site, link);
    await keep(world, about('5', 'changed', { bodyHash: 'later' }));
    await dispatch(world);
    expect(await claim(world)).toMatchObject([{ link, deleted: [] }]);
  });

  it('R20: deletions on both sides reach the link as two', async () => {
    const world = await opened.world();
    const link = await world.linkedCompany('Acme', { teamwork: '5', desk: '50' });
    for (const deletion of [about('5', 'deleted'), about('50', 'deleted', { side: 'desk' })]) {
      await keep(world, deletion);
      await dispatch(world);
    }
    const [due] = await claim(world);
    expect([due?.link, [...(due?.deleted ?? [])].sort()]).toEqual([link, ['desk', 'teamwork']]);
  });

  it('R18–R21: a deletion of a record without a link is noted, and makes no link', async () => {
    const world = await opened.world();
    await keep(world, about('5', 'deleted'));
    expect(await dispatch(world)).toBe(1);
    expect(await claim(world)).toEqual([]);
    expect(await linksIn(world)).toEqual([]);
    await keep(world, about('5'));
    await dispatch(world);
    expect(await linksIn(world)).toHaveLength(1);
  });

  it('B1: many dispatchers take each delivery once', async () => {
    const world = await opened.world();
    await keep(world, ...Array.from({ length: 60 }, (_, index) => about(String(index + 1))));
    const taken = await Promise.all(
      Array.from({ length: 6 }, () => world.store.dispatchDeliveries(world.site, 10)),
    );
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(await claim(world)).toHaveLength(60);
  });

  it('B1: a site with work is told to the dispatcher until it is done', async () => {
    const world = await opened.world();
    const isNamed = async () => (await world.store.sitesWithWork()).includes(world.site);
    expect(await isNamed()).toBe(false);
    await keep(world, about('5'));
    expect(await isNamed()).toBe(true);
    await dispatch(world);
    expect(await isNamed()).toBe(true);
    const [due] = await claim(world);
    expect(await isNamed()).toBe(false);
    await world.store.postponeDue(world.site, due?.link ?? 0, 0);
    expect(await isNamed()).toBe(true);
    await world.store.setPaused(world.site, 'site', true);
    expect(await isNamed()).toBe(false);
  });

  it('R29: a frozen site has no work for the dispatcher', async () => {
    const world = await opened.world();
    await keep(world, about('5'));
    await dispatch(world);
    await world.store.freeze(world.site, 'Another account answers.');
    expect(await world.store.sitesWithWork()).not.toContain(world.site);
    await world.store.freeze(world.site, null);
    expect(await world.store.sitesWithWork()).toContain(world.site);
  });

  it('B8: tells how much waits, and for how long', async () => {
    const world = await opened.world();
    const settled = await world.linkedCompany('Acme', { teamwork: '9', desk: '90' });
    const dueBy = async (at: string) => {
      await world.store.wakeAt(world.site, settled, at);
      return (await world.store.backlogs()).find(({ site }) => site === world.site);
    };
    expect(await dueBy('2200-01-01T00:00:00Z')).toMatchObject({ waiting: 0, due: 0 });
    expect(await dueBy('2000-01-01T00:00:00Z')).toMatchObject({ due: 1 });
    await keep(world, about('5'), about('6'));
    const mine = (await world.store.backlogs()).find(({ site }) => site === world.site);
    expect(mine).toMatchObject({ waiting: 2, due: 1 });
    expect(mine?.oldestWaitingSeconds).toBeGreaterThanOrEqual(0);
  });
}
