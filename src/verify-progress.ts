/** How far the reading of `verify` is, and how long it still takes at its present pace. */

export interface VerifyProgress {
  readonly pages: number;
  readonly records: number;
  /** By the vendors' own counts, or as many as the last InitialSync read; null where neither is known of a listing. */
  readonly total: number | null;
  readonly secondsLeft: number | null;
}

interface Listing {
  readonly read: number;
  readonly total: number | null;
  readonly ended: boolean;
}

/** `expected` names the listings, with how many records are thought to be in each. They are read side by side, each at its own pace; the whole takes as long as the slowest. */
export class ReadingPace {
  private readonly listings: Map<string, Listing>;
  private pages = 0;

  constructor(
    expected: ReadonlyMap<string, number | null>,
    private readonly now: () => number = Date.now,
    private readonly begunAt: number = now(),
  ) {
    this.listings = new Map([...expected].map(([name, total]) => [name, { read: 0, total, ended: false }]));
  }

  read(
    name: string,
    page: { readonly records: number; readonly total: number | null; readonly ended: boolean },
  ) {
    const before = this.listings.get(name);
    const read = (before?.read ?? 0) + page.records;
    this.listings.set(name, { read, total: page.total ?? before?.total ?? null, ended: page.ended });
    this.pages += 1;
    return this.progress();
  }

  private progress(): VerifyProgress {
    const all = [...this.listings.values()];
    const elapsed = (this.now() - this.begunAt) / 1_000;
    const left = all.map((one) => secondsLeftOf(one, elapsed));
    const totals = all.map(({ read, total, ended }) =>
      ended ? read : total === null ? null : Math.max(total, read),
    );
    const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
    return {
      pages: this.pages,
      records: sum(all.map(({ read }) => read)),
      total: totals.every((total) => total !== null) ? sum(totals) : null,
      secondsLeft: left.every((seconds) => seconds !== null) ? Math.max(...left) : null,
    };
  }
}

function secondsLeftOf({ read, total, ended }: Listing, elapsed: number): number | null {
  if (ended) return 0;
  if (total === null || read === 0) return null;
  return (elapsed * Math.max(0, total - read)) / read;
}
