/** What the watch of a site keeps: how far each poll has come, what it brought, and the database's own age. Types only. */
import type { Kind, Side } from '../domain/record';
import type { ListingPage } from './apis';

/** `changed` and `deleted` since a time, or the ids of all that there is: `listed`. */
export type News = 'changed' | 'deleted' | 'listed';

export interface Watched {
  readonly side: Side;
  readonly kind: Kind;
  readonly news: News;
}

/** How often the watch of a site does what, in milliseconds. */
export interface WatchIntervals {
  readonly deskCompaniesMs: number;
  /** Everything else that changed or was deleted. */
  readonly changesMs: number;
  /** The ids of all companies. */
  readonly listingsMs: number;
  /** What is due to nobody's run. */
  readonly wakeMs: number;
  readonly epochMs: number;
}

/** How far a side is known: when the polls that were last seen through to their end had begun. Null: never yet. */
export interface Freshness {
  readonly changes: string | null;
  readonly deletions: string | null;
  /** Of the polls of edits the one that is furthest behind its interval; null before any has come round twice. */
  readonly polled: PollInterval | null;
}

/** How far two polls lay apart last, and how far they were to. */
export interface PollInterval {
  readonly everySeconds: number;
  readonly askedSeconds: number;
}

export interface ListingEnd {
  /** When the first page was asked for, by the store's clock. */
  readonly begunAt: string;
  readonly seen: number;
  readonly leastTotal: number | null;
  readonly mostTotal: number | null;
  readonly unreadable: readonly string[];
}

export interface WatchStore {
  /**
   * From when on a poll reads. Null before the first InitialSync has read both sides: what could match is not all known
   * (R3), and nothing is to be written (R2).
   */
  watchedSince(site: string, watched: Watched): Promise<string | null>;
  /** A poll's page into the mirror. New records and changed ones become due; answers how many. */
  recordNews(site: string, side: Side, kind: Kind, page: ListingPage): Promise<number>;
  /** Records listed as deleted become due, to be read directly (R23); answers how many were not known to be. */
  recordDeletionSigns(
    site: string,
    side: Side,
    kind: Kind,
    signs: { readonly ids: readonly string[]; readonly readAt: string },
  ): Promise<number>;
  /** After a listing's last page: what was not in it becomes due to be read, where the listing is complete (R23). */
  recordListed(
    site: string,
    side: Side,
    kind: Kind,
    listing: ListingEnd,
  ): Promise<{ readonly missing: number; readonly complete: boolean }>;
  /** The poll came to its end: the next one begins at `since`. */
  moveWatched(
    site: string,
    watched: Watched,
    to: { readonly since: string; readonly begunAt: string; readonly everyMs: number | null },
  ): Promise<void>;
  /**
   * Raises the site's epoch and answers it; null where there is no such site. An epoch lower than the one remembered
   * outside the database shows that an older copy of it was restored: the site is frozen.
   */
  raiseEpoch(site: string, remembered: number): Promise<number | null>;
}
