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
  const { side, kind, id, createdBy, createdAt } = found;
  if (await store.wasKnownBefore(site, side, kind, id, sent.at)) return false;
  const isOurs = createdBy === null || createdBy === (await store.site(site))?.users[side];
  const isAfter = Date.parse(createdAt ?? '') >= Date.parse(sent.at) - clockSkewMs;
  return isOurs && isAfter && showsTexts(kind, found.fields, sent.values);
}

/** A field that the read did not cover counts as sent. */
export function showsTexts(kind: Kind, found: Fields, sent: Fields): boolean {
  return sameFields(kind, withoutPicture(sent), found);
}
