/**
 * Makes and stores the plan of one link; of a merged one the workflow of the link that it lives on in does. Only ids,
 * sides and names leave: history holds no personal data.
 */
import { planLink } from '../domain/planner';
import type { Reason, Status } from '../domain/link';
import type { Kind, Side } from '../domain/record';
import type { Store } from '../ports/store';

export interface DecideInput {
  readonly site: string;
  readonly link: number;
}

export interface Decided {
  readonly kind: Kind;
  readonly status: Status;
  readonly reason: Reason;
  readonly planId: string | null;
  readonly steps: readonly { readonly side: Side; readonly action: 'create' | 'update' }[];
  readonly readAgain: readonly Side[];
  /** The link of a company to be read on that side before this can be decided (R25). */
  readonly companyFirst: { readonly link: number; readonly side: Side } | null;
  /** A write whose outcome is unknown and settled: look for it on this side. */
  readonly look: Side | null;
}

export function decideWith(ports: { store: Store }) {
  return async function decide({ site, link }: DecideInput): Promise<Decided | null> {
    // Another transaction may move the link between our read and our write: then what it did is read anew.
    for (let attempt = 0; attempt < 5; attempt++) {
      const view = await ports.store.view(site, link);
      if (view === null) return null;
      if (view.link.number !== link) {
        await ports.store.handOver(site, link, view.link.number);
        return null;
      }
      // This link's own turn sends its writes, one after the other: who sent this one is dead, whatever it was told.
      if (view.intent?.settled === false) await ports.store.leaveUnknown(site, view.intent.id);
      const plan = planLink(view);
      const saved = await ports.store.savePlan(site, { view, plan });
      if (saved === null) continue;
      return {
        kind: view.link.kind,
        status: plan.status,
        reason: plan.reason,
        planId: saved.planId,
        steps: saved.steps,
        readAgain: plan.readAgain,
        companyFirst: plan.companyFirst?.read === true ? plan.companyFirst : null,
        look: view.intent?.settled === true ? view.intent.side : null,
      };
    }
    throw new Error(
      `Link ${link} of site ${site} kept changing while it was decided; the engine tries again.`,
    );
  };
}
