/** Raises the site's epoch, which the watch remembers outside the database (DESIGN §3). */
import type { Store } from '../ports/store';

export interface EpochInput {
  readonly site: string;
  readonly remembered: number;
}

export function raiseEpochWith({ store }: { store: Store }) {
  /** Null: there is no such site any more. */
  return ({ site, remembered }: EpochInput): Promise<number | null> => store.raiseEpoch(site, remembered);
}
