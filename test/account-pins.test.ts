import { holdsAnyPin, isOther } from '../src/account-pins';
import { ApiError, type ErrorKind } from '../src/domain/errors';
import type { DeskPin } from '../src/ports/sites';

const pin = (id: string): DeskPin => ({ kind: 'company', id, createdAt: '2026-01-01T00:00:00Z' });
const answered = (createdAt: string | null) => () => Promise.resolve({ createdAt });
const refused = (kind: ErrorKind) => () =>
  Promise.reject(new ApiError(kind, 'no', { status: null, effectUnknown: false }));

test('R29 one pin that is there, made at the same time however it is written, is enough', async () => {
  const read = ({ id }: DeskPin) =>
    id === '1' ? refused('gone')() : answered('2026-01-01T01:00:00+01:00')();
  expect(await holdsAnyPin([pin('1'), pin('2')], read)).toBe(true);
});

test.each([
  ['gone', refused('gone')],
  ['made at another time', answered('2026-01-01T00:00:01Z')],
  ['made at no time that is told', answered(null)],
])('R29 an account whose every pin is %s is another', async (_, read) => {
  expect(await holdsAnyPin([pin('1')], read)).toBe(false);
});

test('R29 a read that proves nothing is passed on, and so is a fault of ours', async () => {
  await expect(holdsAnyPin([pin('1')], refused('unavailable'))).rejects.toMatchObject({
    kind: 'unavailable',
  });
  const broken = () => Promise.reject(new TypeError('a fault'));
  await expect(holdsAnyPin([pin('1')], broken)).rejects.toThrow('a fault');
});

const made = (createdAt: string | null) => ({ createdAt });

test.each([
  ['2026-01-01T00:00:02Z', true],
  ['2025-12-31T23:59:58Z', true],
  ['2026-01-01T00:00:01.999Z', false],
  [null, false],
])('R29 a record of that id made at %s is another: %s', (createdAt, expected) => {
  expect(isOther(made('2026-01-01T00:00:00Z'), made(createdAt))).toBe(expected);
});

test('R29 of a record that was never read, or of which no time is told, nobody can say', () => {
  const seen = made('2026-01-01T00:00:00Z');
  expect([isOther(null, seen), isOther(made(null), seen)]).toEqual([false, false]);
});
