import type { RecordView } from '../../src/domain/plan';
import { isOfBefore, versionOf } from '../../src/domain/versions';
import { observed } from '../support/store-world';

const written = '2026-01-01T00:00:10Z';

const known: RecordView = {
  ...observed('desk', 'customer', '7', { firstName: 'Ann', email: 'ann@acme.test' }, { updatedAt: written }),
  readAt: '2026-01-01T00:00:11Z',
  presence: 'present',
  changedAt: {},
  firstSeenAt: written,
};

const seen = (firstName: string, updatedAt: string | null, readAt = '2026-01-01T00:00:12Z') =>
  observed('desk', 'customer', '7', { firstName }, { updatedAt, readAt });

describe('A10 versions of a record', () => {
  it.each([
    ['older', 'before our write', seen('Anna', '2026-01-01T00:00:09Z')],
    ['current', 'before it, with the same values', seen('Ann', '2026-01-01T00:00:09Z')],
    ['unsure', 'in the same second', seen('Anna', written)],
    ['current', 'in the same second, with the same values', seen(' Ann ', written)],
    ['current', 'after it', seen('Anna', '2026-01-01T00:00:11Z')],
    ['current', 'at no time', seen('Anna', null)],
    [
      'current',
      'before it, still so after a minute',
      seen('Anna', '2026-01-01T00:00:09Z', '2026-01-01T00:01:11Z'),
    ],
    ['current', 'in the same second, still so after a minute', seen('Anna', written, '2026-01-01T00:01:11Z')],
  ] as const)('%s: changed %s', (version, _, observation) => {
    expect(versionOf(known, observation)).toBe(version);
  });

  it('readings that tell of a version again do not make it younger', () => {
    const again = { ...known, readAt: '2026-01-01T00:01:10Z' };
    expect(versionOf(again, seen('Anna', '2026-01-01T00:00:09Z', '2026-01-01T00:01:11Z'))).toBe('current');
  });

  it('a copy lags for less than a minute, and a clock that is a minute ahead is still believed', () => {
    const older = '2026-01-01T00:00:09Z';
    expect(versionOf(known, seen('Anna', older, '2026-01-01T00:01:10Z'))).toBe('current');
    expect(versionOf(known, seen('Anna', older, '2026-01-01T00:01:09.999Z'))).toBe('older');
    const ahead = { ...known, readAt: '2025-12-31T23:59:10Z' };
    expect(versionOf(ahead, seen('Anna', older))).toBe('older');
    expect(versionOf({ ...known, readAt: '2025-12-31T23:59:09Z' }, seen('Anna', older))).toBe('current');
  });

  it('R8 what only one of two readings covers tells nothing of them', () => {
    const { email: _, ...fields } = known.fields;
    const at = { updatedAt: written, readAt: '2026-01-01T00:00:12Z' };
    const other = observed('desk', 'customer', '7', { email: 'new@acme.test' }, at);
    expect(versionOf({ ...known, fields }, other)).toBe('current');
    expect(versionOf(known, other)).toBe('unsure');
  });

  it('nothing is older than what is not known, is missing, was deleted or carries a time from the future', () => {
    const older = seen('Anna', '2026-01-01T00:00:09Z');
    expect(versionOf(null, older)).toBe('current');
    expect(versionOf({ ...known, presence: 'missing' }, older)).toBe('current');
    expect(versionOf({ ...known, deleted: true }, older)).toBe('current');
    expect(versionOf({ ...known, updatedAt: '9999-01-01T00:00:00Z' }, older)).toBe('current');
  });
});

test.each([
  ['2026-01-01T00:00:08Z', true],
  ['2026-01-01T00:00:09Z', true],
  ['2026-01-01T00:00:10Z', false],
  [null, false],
])('A10 a version told as of %s is of before 10 s past: %s', (updatedAt, isBefore) => {
  expect(isOfBefore(seen('Anna', updatedAt), '2026-01-01T00:00:10.000Z')).toBe(isBefore);
});
