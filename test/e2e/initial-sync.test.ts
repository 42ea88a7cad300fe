import { kinds, sides } from '../../src/domain/record';
import type { Run } from '../../src/ports/runs';
import { verifySite } from '../../src/verify';
import { openLab, site, token, type Lab } from '../support/lab';
import type { Call } from '../support/sandbox-controls';
import { truthOf, type Truth } from '../support/truth';

const writes = (calls: readonly Call[]): readonly Call[] =>
  calls.filter((call) => call.token === token && call.method !== 'GET');

describe('InitialSync of an agency', () => {
  let lab: Lab;
  let before: Truth;
  let first: Run;

  beforeAll(async () => {
    lab = await openLab({ sandbox: { companies: 40, people: 400, seed: 3, 'rate-limit': 60_000 } });
    before = await truthOf(lab.sandbox);
    await lab.startWorker();
    await lab.connect();
    first = await lab.runEnded(await lab.startRun());
  });
  afterAll(() => lab.close());

  test('R3: what verify reads afresh agrees', async () => {
    expect((await verifySite(lab.engine, site)).differences).toEqual([]);
  });

  test.each(sides.flatMap((side) => kinds.map((kind) => [side, kind] as const)))(
    'R1: of %s, every %s read is counted, in scope or out of it',
    (side, kind) => {
      const counted = Object.values(first.counts.read[side][kind]).reduce((sum, count) => sum + count, 0);
      // The listing with most fields shows no placeholders.
      expect(counted).toBe(before[side][kind].filter((row) => row.isPlaceholder !== true).length);
    },
  );

  test('R3: makes no contact and no client in Teamwork.com', async () => {
    const after = await truthOf(lab.sandbox);
    expect(after.teamwork.company).toHaveLength(before.teamwork.company.length);
    expect(after.teamwork.customer).toHaveLength(before.teamwork.customer.length);
  });

  test('R24: deletes nothing', async () => {
    const calls = await lab.sandbox.calls();
    expect(calls.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  test('R3: a second run makes no write', async () => {
    const last = (await lab.sandbox.calls()).at(-1)?.n ?? 0;
    await lab.runEnded(await lab.startRun());
    expect(writes(await lab.sandbox.calls(last))).toEqual([]);
  });
});
