/**
 * Whether both addresses still lead to the accounts first seen (R29): asked before a run reads whole listings, and again
 * and again before polls and writes. Another account freezes the site.
 */
import { ApplicationFailure } from '@temporalio/activity';
import { holdsAnyPin } from '../account-pins';
import { ApiError, errorKinds } from '../domain/errors';
import { sides, type Side } from '../domain/record';
import type { Access, Apis } from '../ports/apis';
import type { Budget, Permit } from '../ports/budget';
import type { Site } from '../ports/sites';
import type { Store } from '../ports/store';
import { failureOf, Stopped } from './failures';
import { permitsFor } from './permits';
import { credentialsRefused } from './survey';

/** `stopped`: the site is frozen, by this very probe perhaps, or there is no such site. */
export type ProbeResult = 'same' | 'stopped';

export interface SameAccounts {
  /** Asks both sides now. */
  probe(site: string): Promise<ProbeResult>;
  /**
   * Asks them where this process has not for a while; several who need to know at once wait for one answer. One that
   * proves nothing, as from a vendor that is away, holds nobody up: what is asked of that vendor next is told the same.
   */
  stillTheSame(site: string): Promise<boolean>;
  /** Asks both now; an answer that proves nothing is a no. */
  provenSame(site: string): Promise<boolean>;
}

type Permits = (side: Side) => () => Promise<Permit>;

/** In this last share of the time that an answer is relied on, the next is asked for, so that nobody who works waits for it. */
const aheadShare = 1 / 3;

/** `accountsHoldForMs`: how long an answer is relied on. */
export function sameAccountsWith(ports: {
  readonly store: Store;
  readonly budget: Budget;
  readonly apis: Apis;
  readonly accountsHoldForMs: number;
}): SameAccounts {
  const { store, budget, apis, accountsHoldForMs } = ports;
  const sureUntil = new Map<string, number>();
  const asking = new Map<string, Promise<ProbeResult> | null>();

  return {
    probe: probeNow,
    async stillTheSame(site) {
      const sureForMs = (sureUntil.get(site) ?? 0) - Date.now();
      if (sureForMs > 0) {
        // What went wrong is met again by whoever needs to know.
        const isAsked = (asking.get(site) ?? null) !== null;
        if (sureForMs < accountsHoldForMs * aheadShare && !isAsked) probeNow(site).catch(() => null);
        return true;
      }
      return (await conclusive(asking.get(site) ?? probeNow(site))) !== 'stopped';
    },
    provenSame: async (site) => (await conclusive(probeNow(site))) === 'same',
  };

  /** An edit goes on meanwhile on what was answered last, for as long as that holds. */
  function probeNow(id: string): Promise<ProbeResult> {
    const asked = ask(id, (side) =>
      permitsFor(budget, { site: id, side, priority: 2, write: null, run: null }),
    ).finally(() => {
      if (asking.get(id) === asked) asking.set(id, null);
    });
    asking.set(id, asked);
    return asked;
  }

  async function ask(id: string, permits: Permits): Promise<ProbeResult> {
    const begunAt = Date.now();
    const site = await store.site(id);
    if (site === null || site.frozen !== null) return 'stopped';
    // Unknown on purpose: the company itself is to say whether it is the owner.
    const access = { url: site.url, credentials: await store.credentials(id), ownerCompanyId: null };
    // A single answer that something is not there proves nothing (R23).
    const other = (await whatIsOther(site, access, permits)) && (await whatIsOther(site, access, permits));
    if (other === null) {
      sureUntil.set(id, begunAt + accountsHoldForMs);
      return 'same';
    }
    sureUntil.set(id, 0);
    await store.freeze(id, other);
    return 'stopped';
  }

  async function whatIsOther(site: Site, access: Access, permits: Permits): Promise<string | null> {
    const found = await Promise.all(sides.map((side) => probe(site, access, side, permits(side))));
    return found.find((sentence) => sentence !== null) ?? null;
  }

  /** The sentence of the freeze; null where the account is the one first seen. */
  async function probe(
    site: Site,
    access: Access,
    side: Side,
    take: () => Promise<Permit>,
  ): Promise<string | null> {
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

/** Null where a vendor's answer proved nothing. */
async function conclusive(asked: Promise<ProbeResult>): Promise<ProbeResult | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Stopped) return 'stopped';
    if (error instanceof ApplicationFailure && errorKinds.some((kind) => kind === error.type)) return null;
    throw error;
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
