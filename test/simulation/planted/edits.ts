/** Users edit beside the engine's own calls, and a wrong module does not see it. */
import type { ReadBack, ReadBackVerdict } from '../../../src/domain/readback';
import type { Field, Fields, Observation } from '../../../src/domain/record';
import { of, type Bug } from './bug';

const networks = { twitter: '', linkedin: '', facebook: '' };

export const edits: readonly Bug[] = [
  {
    name: 'R8 a field that a listing does not cover is taken as blank',
    caughtBy: /I1:|I6|I7|I16|R11:/,
    path: '../memory-store/mirror',
    wrong: (right) => ({
      upsertRecords: (...[memory, rows, side, kind, page]: unknown[]) => {
        const { observations, ...others } = page as { readonly observations: readonly Observation[] };
        const filled = observations.map((seen) =>
          kind === 'customer' ? { ...seen, fields: { ...networks, ...seen.fields } } : seen,
        );
        const read = { ...others, observations: filled };
        return of<unknown[], unknown>(right, 'upsertRecords')(memory, rows, side, kind, read);
      },
    }),
  },
  {
    name: 'R10 an edit of another field beside a write is taken as decided on',
    caughtBy: /I6|I1:/,
    path: '../../../src/domain/readback',
    wrong: () => ({ newsBesides: () => false }),
  },
  {
    name: 'R13 an edit of the field that was written is taken as what the vendor made of the write',
    caughtBy: /I6|I1:/,
    path: '../../../src/domain/readback',
    wrong: (right) => ({
      judgeReadBack: (write: ReadBack): ReadBackVerdict => {
        const verdict = of<[ReadBack], ReadBackVerdict>(right, 'judgeReadBack')(write);
        const edited: Fields = Object.fromEntries(
          verdict.editedMeanwhile.map((field: Field) => [field, write.after[field]]),
        );
        return { ...verdict, base: { ...verdict.base, ...edited }, editedMeanwhile: [] };
      },
    }),
  },
  {
    name: 'R11 a live edit is written over what nobody looked at',
    caughtBy: /I6/,
    path: '../../../src/activities/look-at-target',
    wrong: () => ({ lookAtTargetWith: () => () => Promise.resolve(false) }),
  },
];
