/** Tells a record that a create of ours made, though its answer was lost, from one that somebody else made (R15). */
import { sameFields } from '../domain/canonical';
import { withoutPicture, type Fields, type Kind, type Observation } from '../domain/record';
import type { Store } from '../ports/store';

/** Vendors' clocks may differ from ours by this much. */
const clockSkewMs = 5 * 60_000;

/** It was not there before the create, was made by our credential's user after it, and says what was sent. */
export async function isMadeByUs(
  store: Store,
  site: string,
  found: Observation,
  sent: { readonly at: string; readonly values: Fields },
): Promise<boolean> {
  return (
    showsTexts(found.kind, found.fields, sent.values) && (await isOursSince(store, site, found, sent.at))
  );
}

/** Was not there before, and was made by our credential's user, or by nobody known, after that time. */
export async function isOursSince(
  store: Store,
  site: string,
  { side, kind, id, createdBy, createdAt }: Observation,
  at: string,
): Promise<boolean> {
  if (!(Date.parse(createdAt ?? '') >= Date.parse(earliest(at)))) return false;
  if (createdBy !== null && createdBy !== (await store.site(site))?.users[side]) return false;
  return !(await store.wasKnownBefore(site, side, kind, id, at));
}

/** The earliest that the vendor's clock may have shown then. */
export function earliest(at: string): string {
  return new Date(Date.parse(at) - clockSkewMs).toISOString();
}

/** A field that the read did not cover counts as sent. */
export function showsTexts(kind: Kind, found: Fields, sent: Fields): boolean {
  return sameFields(kind, withoutPicture(sent), found);
}
