/** What an entity workflow says of its due row when it is through with it, or could not go on. */
import type { Store } from '../ports/store';

export interface LinkInput {
  readonly site: string;
  readonly link: number;
}

export function dueActivitiesWith({ store }: { store: Store }) {
  return {
    async finishDue({ site, link }: LinkInput): Promise<void> {
      await store.finishDue(site, link);
    },
    async releaseDue({ site, link }: LinkInput): Promise<void> {
      await store.releaseDue(site, link);
    },
  };
}
