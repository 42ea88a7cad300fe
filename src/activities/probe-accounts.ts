/** Whether both addresses still lead to the accounts first seen (R29): asked before anything is written there. */
import { holdsAnyPin } from '../account-pins';
import { ApiError } from '../domain/errors';
import type { Side } from '../domain/record';
import type { Access, Apis } from '../ports/apis';
import type { Budget } from '../ports/budget';
import type { Site } from '../ports/sites';
import type { Store } from '../ports/store';
import { failureOf, Stopped } from './failures';
import { permitsFor } from './permits';
import { credentialsRefused } from './survey';

/** `stopped`: the site is frozen, by this very probe perhaps, or there is no such site. */
export type ProbeResult = 'same' | 'stopped';

export function probeAccountsWith(ports: { store: Store; budget: Budget; apis: Apis }) {
  const { store, budget, apis } = ports;

  return async function probeAccounts({ site: id }: { readonly site: string }): Promise<ProbeResult> {
    const site = await store.site(id);
    if (site === null || site.frozen !== null) return 'stopped';
    // Unknown on purpose: the company itself is to say whether it is the owner.
    const access = { url: site.url, credentials: await store.credentials(id), ownerCompanyId: null };
    const other = (await probe(site, access, 'teamwork')) ?? (await probe(site, access, 'desk'));
    if (other === null) return 'same';
    await store.freeze(id, other);
    return 'stopped';
  };

  /** The sentence of the freeze; null where the account is the one first seen. */
  async function probe(site: Site, access: Access, side: Side): Promise<string | null> {
    const take = permitsFor(budget, { site: site.id, side, priority: 2, write: null, run: null });
    const { ownerCompanyId, deskPins } = site;
    try {
      const api = apis.withAccess(access, side);
      if (side === 'desk') {
        if (deskPins.length === 0) return null;
        const held = await holdsAnyPin(deskPins, async ({ kind, id }) => api.read(await take(), kind, id));
        return held ? null : otherAccount('Desk', 'none of the records first seen is there');
      }
      if (ownerCompanyId === null) return null;
      const owner = await api.read(await take(), 'company', ownerCompanyId);
      return owner.scope === 'owner' ? null : otherAccount('Teamwork.com', notTheOwner(ownerCompanyId));
    } catch (error) {
      if (error instanceof Stopped || !(error instanceof ApiError)) throw error;
      if (error.kind === 'auth') return credentialsRefused(side, error);
      if (error.kind === 'gone') return otherAccount('Teamwork.com', notTheOwner(ownerCompanyId ?? ''));
      throw failureOf(error);
    }
  }
}

function notTheOwner(id: string): string {
  return `company ${id} is not its owner company`;
}

function otherAccount(product: string, sign: string): string {
  return (
    `Another ${product} account answers at this address (${sign}); nothing is written there. ` +
    'Put the address or the credential right with `connect`, or connect this account under a name of its own.'
  );
}
