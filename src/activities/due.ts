/** What an entity workflow says of its due row when it is through with it, or could not go on, and how the link then stands. */
import type { Reads, Standing } from '../ports/reads';
import type { Store } from '../ports/store';

export interface LinkInput {
  readonly site: string;
  readonly link: number;
}

export function dueActivitiesWith({ store, reads }: { store: Store; reads: Reads }) {
  return {
    async finishDue({ site, link }: LinkInput): Promise<Standing | null> {
      await store.finishDue(site, link);
      return reads.standing(site, link);
    },
    async releaseDue({ site, link }: LinkInput): Promise<Standing | null> {
      await store.releaseDue(site, link);
      return reads.standing(site, link);
    },
  };
}
