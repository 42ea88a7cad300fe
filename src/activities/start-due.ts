/** Starts entity workflows for what is due to nobody's run; who else does it at the same time is given other rows. */
import { liveWindow } from '../domain/window';
import type { EntityStarter } from '../ports/due';
import type { Store } from '../ports/store';

export function startDueWith({ store, entities }: { store: Store; entities: EntityStarter }) {
  return async function startDue({ site }: { readonly site: string }): Promise<{ readonly started: number }> {
    const { open, ready } = await store.drainState(site, null);
    const free = liveWindow - open;
    // What was dispatched and abandoned is not ready, and is claimed all the same.
    const due = free > 0 && ready + open > 0 ? await store.claimDue(site, null, free) : [];
    await Promise.all(due.map((link) => entities.start(site, link)));
    return { started: due.length };
  };
}
