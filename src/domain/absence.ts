/** What a record's absence from a whole listing says (R23): nothing, unless the listing is known to be whole. */

export interface Listing {
  /** Records of it, those that could not be understood included. */
  readonly seen: number;
  /** The vendor's own counts, the least and the most of its pages; null where it tells none. */
  readonly leastTotal: number | null;
  readonly mostTotal: number | null;
  /** Records that were there before. */
  readonly presentBefore: number;
  readonly hasLinked: boolean;
}

/** A listing that shrank below this share of what was there proves nothing. */
const leastShareLeft = 0.5;

/** Complete by the vendor's own count, not shrunken, and not empty where something is linked. */
export function provesAbsence({ seen, leastTotal, mostTotal, presentBefore, hasLinked }: Listing): boolean {
  const countAgrees = leastTotal === null || (leastTotal === mostTotal && seen === leastTotal);
  return countAgrees && seen >= presentBefore * leastShareLeft && !(seen === 0 && hasLinked);
}
