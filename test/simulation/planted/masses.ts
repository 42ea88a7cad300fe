/** Of many changes at once too many pass, and what a product did not make is taken as made. */
import type { MassChange } from '../../../src/domain/guard';
import type { ReadBack, ReadBackVerdict } from '../../../src/domain/readback';
import { of, type Bug, type Module } from './bug';

const letting = (through: MassChange) => (right: Module) => ({
  holdMassChange: (input: { readonly change: MassChange; readonly proposed: readonly unknown[] }) =>
    input.change === through
      ? { passes: input.proposed, held: [] }
      : of<[object], unknown>(right, 'holdMassChange')(input),
});

export const masses: readonly Bug[] = [
  {
    name: 'R26 one field may be rewritten on as many as there are',
    caughtBy: /I9/,
    path: '../../../src/domain/guard',
    inLargeWorlds: true,
    wrong: letting('field_change'),
  },
  {
    name: 'R26 as many contacts are made as customers came',
    caughtBy: /I9/,
    path: '../../../src/domain/guard',
    inLargeWorlds: true,
    wrong: letting('contact_creation'),
  },
  {
    name: 'R13 what a product accepted and did not make is taken as made',
    caughtBy: /I1:|I21/,
    path: '../../../src/domain/readback',
    wrong: (right) => ({
      judgeReadBack: (write: ReadBack): ReadBackVerdict => {
        const verdict = of<[ReadBack], ReadBackVerdict>(right, 'judgeReadBack')(write);
        const made = Object.fromEntries(verdict.ignored.map((field) => [field, write.after[field]]));
        return { ...verdict, base: { ...verdict.base, ...made }, ignored: [] };
      },
    }),
  },
  {
    name: 'R13 what a product did not make is not tried again once it would make it',
    caughtBy: /R31/,
    path: '../memory-store/retries',
    wrong: (right) => ({
      retryIgnored: () => undefined,
      wakeForRetry: () => undefined,
      parkIntent: (...input: unknown[]) => {
        of<unknown[], unknown>(right, 'parkIntent')(...input);
        return null;
      },
    }),
  },
];
