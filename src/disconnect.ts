/**
 * Lets go of a site: our webhooks are switched off as far as the vendors let us, and nothing is read or written any
 * more. What is known of it stays, nothing is deleted at the vendors, and `connect` takes it up again.
 */
import { permitsOf } from './check-permits';
import type { SyncClient } from './client';
import type { Budget } from './ports/budget';
import type { SideHooks } from './ports/hooks';
import type { Side } from './domain/record';
import { switchOffHooks, type HookPorts } from './settle-hooks';

export interface DisconnectPorts extends HookPorts {
  readonly budget: Budget;
  readonly client: Pick<SyncClient, 'stopWatching'>;
}

export const disconnectedByOperator =
  'An operator disconnected it: nothing is read or written. `connect` takes it up again.';

/** Answers what became of the hooks: a side without the problem `disconnected` may still have some that are on. */
export async function disconnectSite(
  ports: DisconnectPorts,
  site: string,
): Promise<Readonly<Record<Side, SideHooks>>> {
  await ports.store.freeze(site, disconnectedByOperator);
  await ports.client.stopWatching(site);
  await switchOffHooks(ports, site, (side) => permitsOf(ports.budget, site, side)());
  return ports.store.siteHooks(site);
}
