/** The oracle's check of links' own pauses can fail: it is shown writes within one and beside it. */
import { sentInPause } from './oracle/restraint';

const at = (second: number) => new Date(Date.parse('2026-03-02T10:00:00Z') + second * 1_000).toISOString();
const ms = (second: number) => Date.parse(at(second));
const merged = (second: number, link: number, detail: Readonly<Record<string, unknown>>) => ({
  ...{ at: at(second), link, event: 'merged', detail },
});

it('R30 a paused link begins no write', () => {
  const pause = { scope: { link: 7 }, from: ms(10), to: ms(20) };
  const truth = (second: number) =>
    ({ rows: { intents: new Map([['i', { link: 7, sentAt: at(second) }]]), journal: [] } }) as never;
  expect(sentInPause(truth(25), pause, 7)).toEqual([]);
  expect(sentInPause(truth(15), pause, 7)).toHaveLength(1);
});

it('R30 nor does the link that a paused one was merged into, from then on', () => {
  const pause = { scope: { link: 7 }, from: ms(10), to: ms(30) };
  const journal = [
    merged(5, 6, { from: '4', to: '3' }),
    merged(15, 7, { into: 6 }),
    merged(20, 6, { into: 3 }),
  ];
  const truth = (link: number, second: number) =>
    ({ rows: { intents: new Map([['i', { link, sentAt: at(second) }]]), journal } }) as never;
  expect(sentInPause(truth(6, 12), pause, 7)).toEqual([]);
  expect(sentInPause(truth(6, 16), pause, 7)).toHaveLength(1);
  expect(sentInPause(truth(3, 18), pause, 7)).toEqual([]);
  expect(sentInPause(truth(3, 25), pause, 7)).toHaveLength(1);
  expect(sentInPause(truth(3, 35), pause, 7)).toEqual([]);
  expect(sentInPause(truth(8, 16), pause, 7)).toEqual([]);
});
