/** C3: `verify` tells a person how far it is and how long it still takes. */
import { readingLine } from '../../src/cli/verify';
import { ReadingPace } from '../../src/verify-progress';

function pace(expected: Readonly<Record<string, number | null>>) {
  let now = 0;
  const reading = new ReadingPace(new Map(Object.entries(expected)), () => now);
  return {
    read: (name: string, records: number, total: number | null, ended = false) =>
      reading.read(name, { records, total, ended }),
    after: (seconds: number) => void (now = seconds * 1_000),
  };
}

test('it takes as long as the slowest listing at its own pace', () => {
  const { read, after } = pace({ fast: null, slow: null });
  after(10);
  expect(read('fast', 500, 1_000)).toEqual({ pages: 1, records: 500, total: null, secondsLeft: null });
  expect(read('slow', 100, 400)).toEqual({ pages: 2, records: 600, total: 1_400, secondsLeft: 30 });
  after(20);
  read('fast', 500, 1_000, true);
  expect(read('slow', 200, null)).toMatchObject({ records: 1_300, total: 1_400, secondsLeft: 20 / 3 });
  expect(read('slow', 100, 400, true)).toMatchObject({ records: 1_400, total: 1_400, secondsLeft: 0 });
});

test('a listing that grew while it was read, or that tells no count, is never more than whole', () => {
  const { read, after } = pace({ grew: null, silent: null });
  after(1);
  read('silent', 3, null, true);
  expect(read('grew', 12, 10)).toMatchObject({ records: 15, total: 15, secondsLeft: 0 });
});

test('where the vendor tells no count, it goes by what is expected', () => {
  const { read, after } = pace({ silent: 40 });
  after(5);
  expect(read('silent', 10, null)).toMatchObject({ total: 40, secondsLeft: 15 });
});

test('in a line: how far, and how long', () => {
  expect(readingLine({ pages: 3, records: 600, total: 1_200, secondsLeft: 200 }, 100)).toMatch(
    /^Reading both sides +━+╌+ {2}600\/1,200 {2}50 % {2}3 min 20 s left$/,
  );
  expect(readingLine({ pages: 3, records: 600, total: null, secondsLeft: null }, 100)).toBe(
    'Reading both sides  3 pages, 600 records',
  );
});
