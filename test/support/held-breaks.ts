/** A mass change that is held (R26): five linked companies of a new site, all of them deleted in Desk. */
import type { Hold } from '../../src/ports/holds';
import { agreed, aWorld, type StoreUnderTest, type World } from './store-world';

export interface Held {
  readonly world: World;
  readonly hold: Hold;
  readonly links: readonly number[];
}

/** The companies are called by `name` and a number. */
export async function heldBreaks(opened: StoreUnderTest, name: string, site?: string): Promise<Held> {
  const world = await aWorld(opened, site === undefined ? {} : { id: site });
  const links: number[] = [];
  for (const id of ['1', '2', '3', '4', '5']) {
    const link = await world.linkedCompany(`${name} ${id}`, { teamwork: id, desk: id });
    const view = await world.store.view(world.site, link);
    if (view === null) throw new Error(`No link ${link}.`);
    const breakAs = { reason: 'deleted_in_desk', side: 'desk', causeLink: null } as const;
    const gone = { situation: 'gone', status: 'broken', reason: 'deleted_in_desk', breakAs } as const;
    await world.store.savePlan(world.site, { view, plan: { ...agreed, ...gone } });
    links.push(link);
  }
  const [hold] = await world.reads.holds(world.site);
  if (hold === undefined) throw new Error('Nothing was held.');
  return { world, hold, links };
}
