/** The lanes of the hooks: bounded in what waits and in what is open, fair to all. */
import { createLanes } from '../../src/sandbox/hooks/lanes';
import { until } from '../support/until';

const never = () => new Promise<void>(() => undefined);
const HOUR = 3_600_000;

test('a lane takes 50,000 jobs and refuses the next; another lane has room', () => {
  const lanes = createLanes();
  for (let n = 0; n < 50_000; n += 1) lanes.add('full', never, HOUR);
  expect(lanes.add('full', never, HOUR)).toBe(false);
  expect(lanes.add('other', never, HOUR)).toBe(true);
  lanes.clear();
  expect(lanes.add('full', never, HOUR)).toBe(true);
  lanes.clear();
});

test('at most 64 jobs are open, 16 of one lane; what ends makes room for the lane that waits', async () => {
  const lanes = createLanes();
  const ends: (() => void)[] = [];
  const begun: string[] = [];
  const job = (lane: string) => () => {
    begun.push(lane);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  for (let lane = 0; lane < 9; lane += 1) {
    for (let n = 0; n < 20; n += 1) lanes.add(`lane ${lane}`, job(`lane ${lane}`), 0);
  }
  await until(() => begun.length >= 64);
  expect(begun).toHaveLength(64);
  for (let lane = 0; lane < 9; lane += 1) {
    expect(begun.filter((name) => name === `lane ${lane}`).length).toBeLessThanOrEqual(16);
  }
  while (ends.length > 0) {
    ends.shift()?.();
    await Promise.resolve();
  }
  await until(() => begun.length === 180);
  lanes.clear();
});
