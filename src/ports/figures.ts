/** What is measured of each site, for those who watch over a deployment: numbers and reasons. Types only. */
import type { Status } from '../domain/link';
import type { Kind, Side } from '../domain/record';
import type { SideHooks } from './hooks';
import type { Freshness } from './watch';

export interface SiteFigures {
  readonly site: string;
  readonly frozen: boolean;
  readonly paused: boolean;
  /** Links that are due now and that nobody holds back. */
  readonly ready: number;
  /** Links that were given to their workflow and are not finished. */
  readonly atWork: number;
  /** How long the one of both that has waited longest has done so. */
  readonly oldestDueSeconds: number;
  readonly holds: number;
  /** Writes that a vendor refused within the last hour. */
  readonly refusals: number;
  readonly links: readonly {
    readonly kind: Kind;
    readonly status: Status;
    readonly reason: string;
    readonly count: number;
  }[];
  readonly freshness: Readonly<Record<Side, Freshness>>;
  readonly budgets: Readonly<
    Record<Side, { readonly limitPerMinute: number; readonly usedLastMinute: number }>
  >;
  readonly hooks: Readonly<Record<Side, SideHooks>>;
}

export interface FigureReads {
  figures(): Promise<readonly SiteFigures[]>;
}
