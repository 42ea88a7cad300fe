/** Who has the name or email that a write was refused for (situation `refused, taken`): the mirror may not have met them yet. */
import { ApiError } from '../domain/errors';
import type { Step } from '../domain/plan';
import type { Kind } from '../domain/record';
import type { SideApi } from '../ports/apis';
import type { Permit } from '../ports/budget';
import type { Store } from '../ports/store';

/** Whether somebody was met who was not known before: then the decision is to be taken in the face of them. */
export async function meetHolder(
  store: Store,
  api: SideApi,
  permit: () => Promise<Permit>,
  of: { readonly site: string; readonly kind: Kind; readonly step: Step },
): Promise<boolean> {
  const { site, kind, step } = of;
  const identity = kind === 'company' ? step.values.name : step.values.email;
  if (typeof identity !== 'string') return false;
  let isNews = false;
  try {
    const token = await permit();
    for (const holder of await api.find(token, kind, identity)) {
      const isKnown = await store.wasKnownBefore(site, step.side, kind, holder.id, token.grantedAt);
      await store.recordObservation(site, holder);
      isNews ||= !isKnown;
    }
  } catch (error) {
    // The refusal stands without a name; it is tried again, and so is this.
    if (!(error instanceof ApiError)) throw error;
  }
  return isNews;
}
