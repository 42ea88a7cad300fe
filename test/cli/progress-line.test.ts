import { progressLine } from '../../src/cli/progress-line';
import { widthOf } from '../../src/cli/plain-text';
import type { Progress } from '../../src/ports/runs';

const progress: Progress = {
  run: 'r',
  state: 'running',
  phase: 'customers',
  done: 1_204,
  total: 2_000,
  pagesRead: 40,
  ratePerMinute: 480,
  secondsLeft: 100,
};

test('tells how far, how fast and how long', () => {
  expect(progressLine(progress, 'sync', 100)).toMatch(
    /^People +━+╌+ {2}1,204\/2,000 {2}60 % {2}480\/min {2}1 min 40 s left$/,
  );
});

test.each([30, 60, 80, 200])('fits %i columns', (width) => {
  expect(widthOf(progressLine(progress, 'sync', width))).toBeLessThanOrEqual(width);
});

test('the survey counts pages', () => {
  expect(progressLine({ ...progress, phase: 'survey' }, 'sync', 80)).toBe(
    'Reading both sides  40 pages read',
  );
});

test('says nothing that is not known yet', () => {
  const early = progressLine({ ...progress, ratePerMinute: null, secondsLeft: null }, 'sync', 80);
  expect(early).not.toMatch(/min|left|null|NaN/);
});
