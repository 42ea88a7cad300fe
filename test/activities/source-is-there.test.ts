/** R23: a listing may show what is not there, so what is created from it is read directly before. */
import type { ObserveInput, ObserveResult } from '../../src/activities/observe';
import { fromWhatIsThere } from '../../src/activities/source-is-there';
import type { ApplyInput, ApplyResult } from '../../src/activities/step';
import type { Store } from '../../src/ports/store';

const input: ApplyInput = {
  ...{ site: 'acme', link: 7, kind: 'customer', planId: 'p', index: 0, side: 'desk' },
  ...{ priority: 3, run: 'run-1', fromListing: true },
};

/** What comes of the step, and what was read and written for it. */
async function applied(
  seen: ObserveResult,
  of: { readonly fromListing?: boolean; readonly isFirst?: boolean },
) {
  const acts: unknown[] = [];
  const store = {
    latestRun: (...asked: readonly string[]) =>
      Promise.resolve(
        of.isFirst !== true && asked.join(' ') === 'acme sync finished' ? { id: 'run-0' } : null,
      ),
  } as unknown as Store;
  const observe = (read: ObserveInput) => (acts.push(read), Promise.resolve(seen));
  const write = () => (acts.push('written'), Promise.resolve<ApplyResult>('confirmed'));
  const apply = fromWhatIsThere(store, observe, write);
  return { result: await apply({ ...input, fromListing: of.fromListing ?? true }), acts };
}

const source = { site: 'acme', link: 7, kind: 'customer', side: 'teamwork', priority: 3, run: 'run-1' };

test('R23 what is there is created from', async () => {
  expect(await applied('present', {})).toEqual({ result: 'confirmed', acts: [source, 'written'] });
});

test.each<[ObserveResult, ApplyResult]>([
  ['gone', 'again'],
  ['absent', 'again'],
  ['unconfirmed', 'parked'],
  ['stopped', 'stopped'],
])('R23 what is %s is not, which makes the step %s', async (seen, result) => {
  expect(await applied(seen, {})).toEqual({ result, acts: [source] });
});

test.each([
  ['its turn has read', { fromListing: false }],
  ['a site’s first InitialSync lists', { isFirst: true }],
])('R3 what %s is not read again', async (_what, of) => {
  expect(await applied('gone', of)).toEqual({ result: 'confirmed', acts: ['written'] });
});
