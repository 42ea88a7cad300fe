/** What an operator just made due is started at once; whatever is left over, the engine itself takes up. */
import type { SyncClient } from './client';
import type { Store } from './ports/store';

/** As many as are signalled at a time. */
const page = 50;

export async function startDue(
  { store, client }: { readonly store: Store; readonly client: Pick<SyncClient, 'entities'> },
  site: string,
): Promise<void> {
  for (;;) {
    const due = await store.claimDue(site, null, page);
    await Promise.all(due.map((link) => client.entities.start(site, link)));
    if (due.length < page) return;
  }
}
