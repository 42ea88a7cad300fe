/** The rows of a table in one order, kept up to date: what was written since the last look takes its new place. */
import type { Row } from './table';

/** So many written rows are cheaper to place one by one than to sort all again. */
const FEW = 500;

type Compare<R> = (a: R, b: R) => number;

export class KeptOrder<R extends Row> {
  /** Written rows, each as it stands in `ordered`; undefined where it is new. */
  private readonly written = new Map<number, R | undefined>();
  private ordered: R[];

  /**
   * `compare` may read nothing but the two rows, or the order would not know of a change, and must never call two
   * different rows equal.
   */
  constructor(
    private readonly rows: ReadonlyMap<number, R>,
    private readonly compare: Compare<R>,
  ) {
    this.ordered = [...rows.values()].sort(compare);
  }

  noteWrite(id: number, before: R | undefined): void {
    if (!this.written.has(id)) this.written.set(id, before);
  }

  /** The rows as they stand now; an array handed out before never changes. */
  now(): readonly R[] {
    if (this.written.size === 0) return this.ordered;
    this.ordered = this.written.size <= FEW ? this.replaced() : [...this.rows.values()].sort(this.compare);
    this.written.clear();
    return this.ordered;
  }

  private replaced(): R[] {
    const ordered = [...this.ordered];
    for (const before of this.written.values()) {
      if (before) ordered.splice(this.placeOf(before, ordered), 1);
    }
    for (const id of this.written.keys()) {
      const row = this.rows.get(id);
      if (row) ordered.splice(this.placeOf(row, ordered), 0, row);
    }
    return ordered;
  }

  /** Where a row stands or belongs, by halving. */
  private placeOf(row: R, ordered: readonly R[]): number {
    let low = 0;
    let high = ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = ordered[middle];
      if (other !== undefined && this.compare(other, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
