/** Mass change is held (R26): how much may pass in 24 hours, per site and kind. */
import { isBlank, sameValue } from './canonical';
import type { Field, FieldValue } from './record';

/** `field_change`: one field blanked, rewritten or moved. `contact_creation`: contacts made under R7. */
export type MassChange = 'break' | 'field_change' | 'contact_creation';

export interface MassChangeInput<T> {
  readonly change: MassChange;
  /** Active links of this site and kind now. */
  readonly activeLinks: number;
  /** What passed in the last 24 hours, announced changes left out; for breaks as `countBreaks` counts. */
  readonly passed: number;
  /** In the order in which they may pass. */
  readonly proposed: readonly T[];
}

/** What passed before stands, the rest waits for an approval. */
export function holdMassChange<T>(input: MassChangeInput<T>): {
  readonly passes: readonly T[];
  readonly held: readonly T[];
} {
  const free = Math.max(0, allowance(input.change, input.activeLinks, input.passed) - input.passed);
  return { passes: input.proposed.slice(0, free), held: input.proposed.slice(free) };
}

/** Of the active links, in percent. */
const percentOf: Readonly<Record<MassChange, number>> = { break: 5, field_change: 20, contact_creation: 5 };

/** How many may pass in 24 hours. */
export function allowance(change: MassChange, activeLinks: number, passed: number): number {
  switch (change) {
    case 'break': {
      // Each break makes the active links fewer; the share is of those at the window's start.
      const atStart = activeLinks + passed;
      const share = Math.max(25, shareOf(change, atStart));
      return atStart >= 4 ? Math.min(share, Math.floor(atStart / 2)) : share;
    }
    case 'field_change':
      return Math.max(25, shareOf(change, activeLinks));
    case 'contact_creation':
      return Math.max(50, shareOf(change, activeLinks));
  }
}

/**
 * So many active links are enough for another change to pass after these, however many more there are: nobody need count
 * on.
 */
export function linksForRoom(change: MassChange, passed: number): number {
  return Math.ceil(((passed + 1) * 100) / percentOf[change]);
}

function shareOf(change: MassChange, links: number): number {
  return Math.floor((links * percentOf[change]) / 100);
}

/** Breaks that count: the people whom a company's deletion took are part of that company's one break. */
export function countBreaks(breaks: readonly { readonly causeLink: number | null }[]): number {
  return breaks.filter(({ causeLink }) => causeLink === null).length;
}

/** Whether a write takes a value away or replaces it; filling in a blank is no mass change. */
export function replacesValue(field: Field, before: FieldValue | undefined, after: FieldValue): boolean {
  return before !== undefined && !isBlank(before) && !sameValue(field, before, after);
}
