/** Permits for the few calls that check a credential: from the site's budget, or beside it while there is none. */
import type { Side } from './domain/record';
import type { Budget, Permit, RateSignal } from './ports/budget';

export type TakePermit = () => Promise<Permit>;

/** Before a site is stored it has no budget; what its answers say of the limit is kept for later. */
export function permitsWithoutBudget(): {
  readonly take: TakePermit;
  readonly signals: readonly RateSignal[];
} {
  const signals: RateSignal[] = [];
  const take = () =>
    Promise.resolve({
      grantedAt: new Date().toISOString(),
      answered: (signal: RateSignal) => Promise.resolve(void signals.push(signal)),
    });
  return { take, signals };
}

const patienceMs = 2_000;

/** A frozen site gets no permits, yet a check is how it is helped: that one goes beside the budget. */
export function permitsOf(budget: Budget, site: string, side: Side): TakePermit {
  const beside = permitsWithoutBudget();
  return async () => {
    for (;;) {
      const answer = await budget.take({ site, side, priority: 2, patienceMs, write: null, run: null });
      if ('granted' in answer) return answer.granted;
      if ('stopped' in answer) return beside.take();
      await new Promise((resolve) => setTimeout(resolve, answer.waitMs));
    }
  };
}

/** Counts calls made without a budget in the one that there is now, with what they learned of the limit. */
export async function charge(
  budget: Budget,
  site: string,
  side: Side,
  signals: readonly RateSignal[],
): Promise<void> {
  for (const signal of signals) {
    const answer = await budget.take({ site, side, priority: 2, patienceMs: 5_000, write: null, run: null });
    if (!('granted' in answer)) return;
    await answer.granted.answered(signal);
  }
}
