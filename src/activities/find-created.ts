/** Looks for what a create made whose answer was lost: by its identity, then among all that changed since then (R15). */
import type { OpenIntent } from '../domain/plan';
import type { Kind, Observation } from '../domain/record';
import type { SideApi } from '../ports/apis';
import type { Permit } from '../ports/budget';
import type { Store } from '../ports/store';
import { earliest, isMadeByUs, isOursSince, showsTexts } from './made-by-us';

export interface Created {
  /** Ours, new and equal. */
  readonly found: Observation | null;
  /** Ours and new, and not equal: somebody may have edited it at once. An operator says whether it is the one (R14). */
  readonly perhaps: readonly Observation[];
}

export async function findCreated(
  store: Store,
  api: SideApi,
  permit: () => Promise<Permit>,
  of: {
    readonly site: string;
    readonly kind: Kind;
    readonly intent: OpenIntent & { readonly sentAt: string };
  },
): Promise<Created> {
  const { site, kind, intent } = of;
  const identity = kind === 'company' ? intent.values.name : intent.values.email;
  if (typeof identity !== 'string') return { found: null, perhaps: [] };
  const sent = { at: intent.sentAt, values: intent.values };
  for (const candidate of await api.find(await permit(), kind, identity)) {
    if (await isMadeByUs(store, site, candidate, sent)) return { found: candidate, perhaps: [] };
    // The mirror learns of every record found: what is not ours is for the matcher.
    await store.recordObservation(site, candidate);
  }
  const perhaps = new Map<string, Observation>();
  const since = earliest(sent.at);
  for (let cursor: string | null = null; ;) {
    const page = await api.changes(await permit(), kind, since, cursor);
    for (const candidate of page.observations) {
      if (candidate.deleted || candidate.scope !== 'client') continue;
      if (!(await isOursSince(store, site, candidate, sent.at))) continue;
      if (showsTexts(kind, candidate.fields, sent.values)) return { found: candidate, perhaps: [] };
      perhaps.set(candidate.id, candidate);
    }
    cursor = page.next;
    if (cursor === null) break;
  }
  for (const candidate of perhaps.values()) await store.recordObservation(site, candidate);
  return { found: null, perhaps: [...perhaps.values()] };
}
