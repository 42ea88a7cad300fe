/** The mirror: what was read of each side. Types only. */
import type { Kind, Observation, Side } from '../domain/record';
import type { ListingPage } from './apis';

export interface ControlRecord {
  readonly kind: Kind;
  readonly id: string;
}

/** Surveys of whole listings and single observations. */
export interface MirrorStore {
  /** Begins (or goes on with) the survey of one listing; its number marks the records seen. */
  beginSurvey(site: string, run: string, side: Side, kind: Kind): Promise<number>;
  /** Upserts a page into the mirror. Older observations than the record's last confirmed write are dropped. Idempotent. */
  recordPage(site: string, survey: number, page: ListingPage): Promise<void>;
  /** After the last page: marks the side's records not seen as `missing`, when the listing is complete (R23). */
  endSurvey(
    site: string,
    survey: number,
  ): Promise<{ readonly seen: number; readonly missing: number; readonly complete: boolean }>;
  /** One record read directly; `null` fields mean a direct read said gone. */
  recordObservation(site: string, observation: Observation): Promise<void>;
  recordGone(site: string, side: Side, kind: Kind, id: string, readAt: string): Promise<void>;
  /**
   * Linked records of this side, other than `not`, for the control read of R23: of its kind first, and of those the one
   * that was read last first. Several, for a control record may have been deleted in the same minute.
   */
  controlRecords(site: string, side: Side, not: ControlRecord): Promise<readonly ControlRecord[]>;
}
