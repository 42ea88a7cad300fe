/** What a user has just changed on a write's target is decided on, not overwritten unseen (R10, R11). */
import { isOther } from '../account-pins';
import { ApiError } from '../domain/errors';
import type { Apis } from '../ports/apis';
import type { Budget } from '../ports/budget';
import type { Store } from '../ports/store';
import { failureOf, Stopped } from './failures';
import { permitsFor } from './permits';
import { readCurrent } from './read-current';
import type { SameAccounts } from './same-accounts';
import type { ApplyInput } from './step';
import { credentialsRefused } from './survey';

/** A target read longer ago than this is read again before a live edit or an operator's action is written to it. */
const freshForMs = 2_000;

export function lookAtTargetWith(ports: {
  store: Store;
  budget: Budget;
  apis: Apis;
  accounts: SameAccounts;
}) {
  const { store, accounts } = ports;

  /**
   * No vendor takes a write on condition. What a user has just changed on the target must be decided on (R10, R11), not
   * overwritten unseen, so the mirror learns of it first: then the step is stale. Runs write what their survey read,
   * which polls keep fresh meanwhile. Answers whether it made a call.
   */
  return async function lookAtTarget({
    site,
    link,
    side,
    kind,
    priority,
    run,
  }: ApplyInput): Promise<boolean> {
    const target = (await store.view(site, link))?.records[side] ?? null;
    if (target === null || Date.now() - Date.parse(target.readAt) < freshForMs) return false;
    const api = await ports.apis.of(site, side);
    const permit = permitsFor(ports.budget, { site, side, priority, run, write: null });
    try {
      const seen = await readCurrent(async () => api.read(await permit(), kind, target.id), target);
      // A lagging copy knows nothing that the mirror does not.
      if (seen === null) return true;
      if (isOther(target, seen) && !(await accounts.provenSame(site))) throw new Stopped('frozen');
      await store.recordObservation(site, seen);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // A record that is gone or kept from us says so to the write, too, and is dealt with there.
      if (error.kind === 'gone' || error.kind === 'forbidden') return true;
      if (error.kind !== 'auth') throw failureOf(error);
      await store.freeze(site, credentialsRefused(side, error));
      throw new Stopped('frozen');
    }
  };
}
