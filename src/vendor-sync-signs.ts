/** Signs that the vendor's own sync runs beside ours (R33), from what the checks of both credentials saw. */
import type { Checked } from './connect-checks';
import { repeatedRecords } from './domain/repeats';
import type { Observation, Side } from './domain/record';
import type { Store } from './ports/store';

export interface VendorSyncSigns {
  /** Desk companies with a domain that Desk ties to a Teamwork.com company. */
  readonly tied: number;
  /** Records made or edited of late that repeat the other side's within seconds, and not by us. */
  readonly repeated: number;
}

/** A record or two may have been entered twice by a person; who does it more often is a program. */
const leastRepeated = 3;

/** `site` is null before it is connected: then nothing of it is ours, but for what our credential's user did. */
export async function vendorSyncSigns(
  store: Pick<Store, 'wroteSince'>,
  site: string | null,
  { teamwork, desk }: Readonly<Record<Side, Checked>>,
): Promise<VendorSyncSigns> {
  const users = [teamwork.userId, desk.userId];
  let repeated = 0;
  for (const { pair, authors } of repeatedRecords(teamwork.recent, desk.recent)) {
    if (authors.some((author, at) => author === users[at])) continue;
    if (site !== null && (await wroteTo(store, site, pair))) continue;
    repeated++;
  }
  return { tied: desk.vendorSyncSigns, repeated: repeated < leastRepeated ? 0 : repeated };
}

export function seemsToRun({ tied, repeated }: VendorSyncSigns): boolean {
  return tied > 0 || repeated > 0;
}

/** By our own account, for not every vendor tells who wrote. */
async function wroteTo(
  store: Pick<Store, 'wroteSince'>,
  site: string,
  pair: readonly Observation[],
): Promise<boolean> {
  for (const { side, kind, id, createdAt, updatedAt } of pair) {
    const changedAt = Date.parse(updatedAt ?? createdAt ?? '');
    const since = new Date(changedAt - clocksApartMs).toISOString();
    if (await store.wroteSince(site, side, kind, id, since)) return true;
  }
  return false;
}

const clocksApartMs = 5 * 60_000;
