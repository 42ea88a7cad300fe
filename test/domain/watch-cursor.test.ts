import { nextCursor } from '../../src/domain/watch-cursor';

const since = '2026-01-02T12:00:00.000Z';
const answeredAt = '2026-01-02T12:05:00.000Z';

describe('where the next poll begins', () => {
  it.each([
    ['at the latest time seen, less an overlap', '2026-01-02T12:03:00.000Z', '2026-01-02T12:02:55.000Z'],
    [
      'no later than the vendor’s clock: a year 9999 poisons nothing',
      '9999-12-31T00:00:00.000Z',
      '2026-01-02T12:04:55.000Z',
    ],
    ['never before where this one began', '2026-01-02T12:00:01.000Z', since],
    ['where it began, after a poll that showed nothing', null, since],
  ])('%s', (_what, latest, expected) => {
    expect(nextCursor({ since, latest, answeredAt })).toBe(expected);
  });

  it('goes on after a burst that nothing follows', () => {
    const later = '2026-01-02T13:00:00.000Z';
    expect(nextCursor({ since, latest: since, answeredAt: later })).toBe('2026-01-02T12:50:00.000Z');
  });

  it('a vendor whose clock is behind moves nothing', () => {
    expect(nextCursor({ since, latest: '9999-01-01T00:00:00Z', answeredAt: '2020-01-01T00:00:00Z' })).toBe(
      since,
    );
  });
});
