/** A few of each campaign of ordeals; `npm run simulate -- <campaign>` runs as many as one has time for. */
import { simulate } from './simulate';

test.each([
  ['crash-points', 'R15: killed at every crash point, before and after: done once', 1],
  [
    'restores',
    'DESIGN §3, A59: an older copy of the store put back: nothing is created twice, nothing broken',
    8,
  ],
  ['poisoned-listings', 'R23: listings that lie: nothing is broken or created for it', 14],
  ['fortnights', 'R24, R31: two weeks of operations and nightly sweeps end in agreement', 2],
])(
  '%s: %s',
  async (campaign, _, histories) => {
    const { failed, told } = await simulate([campaign, '--histories', String(histories)]);
    expect(failed ? told : '').toBe('');
  },
  300_000,
);
