/** Where the next poll of changes begins. Pure, and never before where this one began. */

export interface PollSeen {
  /** Where this poll began. */
  readonly since: string;
  /** The latest time that any record of it carried; null where none did. */
  readonly latest: string | null;
  /** The vendor's own clock as the poll began, or ours where it told none. */
  readonly answeredAt: string;
}

/** Vendors write the same second from several machines, and a listing may lag behind its records. */
const overlapMs = 5_000;
/** After a burst that nothing follows, its last seconds would be read again for ever. */
const quietMs = 10 * 60_000;

/**
 * The smaller of the latest time seen and the vendor's own clock, less an overlap: a record from the year 9999 moves it
 * no further than now, and one that changes while the pages are read is met again.
 */
export function nextCursor({ since, latest, answeredAt }: PollSeen): string {
  const now = Date.parse(answeredAt);
  const seen = Math.min(latest === null ? -Infinity : Date.parse(latest), now) - overlapMs;
  return new Date(Math.max(Date.parse(since), seen, now - quietMs)).toISOString();
}
