/** The rows of a table in one order, kept up to date: what was written since the last look takes its new place. */
import type { Row } from './table';

/** So many written rows are cheaper to place one by one than to sort all again. */
const FEW = 500;

type Compare<R> = (a: R, b: R) => number;

export class KeptOrder<R extends Row> {
  private readonly written = new Set<number>();
  private ordered: R[];

  /** `compare` may read nothing but the two rows, or the order would not know of a change. */
  constructor(
    private readonly rows: ReadonlyMap<number, R>,
    private readonly compare: Compare<R>,
  ) {
    this.ordered = [...rows.values()].sort(compare);
  }

  noteWrite(id: number): void {
    this.written.add(id);
  }

  /** The rows as they stand now; an array handed out before never changes. */
  now(): readonly R[] {
    if (this.written.size === 0) return this.ordered;
    this.ordered = this.written.size <= FEW ? this.replaced() : [...this.rows.values()].sort(this.compare);
    this.written.clear();
    return this.ordered;
  }

  private replaced(): R[] {
    const ordered = this.ordered.filter(({ id }) => !this.written.has(id));
    for (const id of this.written) {
      const row = this.rows.get(id);
      if (row) ordered.splice(this.placeOf(row, ordered), 0, row);
    }
    return ordered;
  }

  /** Where a row belongs, by halving. */
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
