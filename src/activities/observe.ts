/** Reads one record directly, with the control read that R23 asks for before "gone" is believed. */
import { isOther } from '../account-pins';
import { ApiError, mayRetry } from '../domain/errors';
import type { LinkView, RecordView } from '../domain/plan';
import { missingMatch } from '../domain/plan-lone';
import type { Kind, Side } from '../domain/record';
import type { Apis } from '../ports/apis';
import type { Budget, Priority } from '../ports/budget';
import type { ControlRecord } from '../ports/mirror';
import type { Store } from '../ports/store';
import { failureOf, Stopped } from './failures';
import { permitsFor } from './permits';
import { readCurrent } from './read-current';
import type { SameAccounts } from './same-accounts';
import { credentialsRefused } from './survey';

export interface ObserveInput {
  readonly site: string;
  readonly link: number;
  readonly side: Side;
  readonly kind: Kind;
  readonly priority: Priority;
  readonly run: string | null;
}

/**
 * `unconfirmed`: it looks gone, and so does the control record, which proves nothing (R23); or the read was refused; or
 * a lagging copy answered (A10). The link is due again for later.
 */
export type ObserveResult = 'present' | 'gone' | 'unconfirmed' | 'absent' | 'stopped';

/** After how long is asked again for what a vendor refuses to show, or calls gone while the control read says so as well. */
export const askAgainMs = 5 * 60_000;

/** After how long a record is read again that shows what it was before our last reading. */
const lagsForMs = 30_000;

export function observeWith(ports: { store: Store; budget: Budget; apis: Apis; accounts: SameAccounts }) {
  return async function observe(input: ObserveInput): Promise<ObserveResult> {
    const { site, side } = input;
    if (!(await ports.accounts.stillTheSame(site))) return 'stopped';
    const view = await ports.store.view(site, input.link);
    const target = view === null ? null : targetOf(view, side);
    if (target === null) return 'absent';
    const seen = await observeTarget(input, target);
    const survivor = side === 'desk' ? view?.survivor : null;
    if (seen !== 'gone' || !survivor) return seen;
    // R17: known since before the deletion, so the search by email may have passed it over for having that no more.
    const { record } = survivor;
    const survived = await observeTarget(input, { id: record.id, known: record });
    return survived === 'stopped' || survived === 'unconfirmed' ? survived : seen;
  };

  async function observeTarget(input: ObserveInput, { id, known }: Target): Promise<ObserveResult> {
    const { site, side, kind, priority, run } = input;
    const api = await ports.apis.of(site, side);
    const permit = permitsFor(ports.budget, { site, side, priority, write: null, run });
    try {
      const first = await readNow();
      if (first === 'present') return 'present';
      if (first === 'lagging') return await unconfirmed(lagsForMs, [side]);
      if (!(await controlAnswers())) return await unconfirmed(askAgainMs, []);
      // One answer is a sign; that it says so again, while others answer, is the proof (R23).
      const again = await readNow();
      if (again === 'present') return 'present';
      if (again === 'lagging') return await unconfirmed(lagsForMs, [side]);
      // Of another account's records none would be there, or others by the same ids (R29).
      if (!(await ports.accounts.provenSame(site))) return await unconfirmed(askAgainMs, []);
      if (side === 'desk' && kind === 'customer') await findSurvivor(id);
      await ports.store.recordGone(site, side, kind, id, again.goneAt);
      return 'gone';
    } catch (error) {
      if (error instanceof Stopped) return 'stopped';
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === 'auth') {
        await ports.store.freeze(site, credentialsRefused(side, error));
        return 'stopped';
      }
      // What is refused to us says nothing of the record (R23), and asked at once it is refused again.
      if (!mayRetry(error.kind)) return await unconfirmed(askAgainMs, [side]);
      throw failureOf(error);
    }

    async function unconfirmed(againInMs: number, read: readonly Side[]): Promise<'unconfirmed'> {
      const later = new Date(Date.now() + againInMs).toISOString();
      await ports.store.parkUntil(site, input.link, later, read);
      return 'unconfirmed';
    }

    async function readNow(): Promise<'present' | 'lagging' | { readonly goneAt: string }> {
      let askedAt = '';
      try {
        const seen = await readCurrent(async () => {
          const token = await permit();
          askedAt = token.grantedAt;
          return api.read(token, kind, id);
        }, known);
        if (seen === null) return 'lagging';
        if (isOther(known, seen) && !(await ports.accounts.provenSame(site))) throw new Stopped('frozen');
        await ports.store.recordObservation(site, seen);
        return 'present';
      } catch (error) {
        if (!(error instanceof ApiError) || error.kind !== 'gone') throw error;
        return { goneAt: askedAt };
      }
    }

    /** R17: customers merged in Desk look deleted; whoever holds the email now is in the mirror before that is believed. */
    async function findSurvivor(gone: string): Promise<void> {
      const email = known?.fields.email;
      if (typeof email !== 'string' || email === '') return;
      for (const holder of await api.find(await permit(), 'customer', email)) {
        if (holder.id !== gone) await ports.store.recordObservation(site, holder);
      }
    }

    /**
     * Another linked record, or where there is none the account, must answer: else "gone" may mean a lost right. One that
     * is gone itself proves nothing, so another is asked: two that were deleted together would wait for each other.
     */
    async function controlAnswers(): Promise<boolean> {
      const controls = await ports.store.controlRecords(site, side, { kind, id });
      if (controls.length === 0) {
        await api.account(await permit());
        return true;
      }
      for (const control of controls) if (await isThere(control)) return true;
      return false;
    }

    async function isThere(control: ControlRecord): Promise<boolean> {
      try {
        await api.read(await permit(), control.kind, control.id);
        return true;
      } catch (error) {
        if (error instanceof ApiError && error.kind === 'gone') return false;
        throw error;
      }
    }
  }
}

interface Target {
  readonly id: string;
  readonly known: RecordView | null;
}

/** R23: a lone record's match that a listing lacks is read like a record of its own. */
function targetOf(view: LinkView, side: Side): Target | null {
  const id = view.link.ids[side];
  if (id !== null) return { id, known: view.records[side] };
  const match = missingMatch(view);
  return match?.side === side ? { id: match.id, known: match } : null;
}
