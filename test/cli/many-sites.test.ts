/** What an operator of many sites is told, and how gently each is asked about. */
import { fewAtOnce, sitesAtOnce } from '../../src/few-at-once';
import { freshnessClause, pollingWord } from '../../src/wording/freshness-text';
import type { Freshness } from '../../src/ports/watch';

const at = (everySeconds: number, askedSeconds: number): Freshness => ({
  changes: null,
  deletions: null,
  polled: { everySeconds, askedSeconds },
});

test('a site that is polled less often than asked says how often, and how often it was to be', () => {
  expect(freshnessClause(at(80, 15))).toBe(
    'edits not polled yet, deletions not polled yet, polled every 1 min 20 s (asked: every 15 s)',
  );
  expect(freshnessClause(at(17, 15))).toBe('edits not polled yet, deletions not polled yet');
});

test('of both sides the one that is further behind its interval is told', () => {
  expect(pollingWord({ teamwork: at(120, 60), desk: at(80, 15) })).toBe(
    'every 1 min 20 s (asked: every 15 s)',
  );
  expect(pollingWord({ teamwork: at(61, 60), desk: at(15, 15) })).toBe('as asked');
  const unpolled = { changes: null, deletions: null, polled: null };
  expect(pollingWord({ teamwork: unpolled, desk: unpolled })).toBe('as asked');
});

test('a thousand sites are asked about few at a time, and answered in their order', async () => {
  let underWay = 0;
  let most = 0;
  const sites = Array.from({ length: 1_000 }, (_site, n) => n);
  const answers = await fewAtOnce(sites, sitesAtOnce, async (n) => {
    most = Math.max(most, (underWay += 1));
    await new Promise((done) => setImmediate(done));
    underWay -= 1;
    return 2 * n;
  });
  expect(most).toBe(4);
  expect(answers).toEqual(sites.map((n) => 2 * n));
});
