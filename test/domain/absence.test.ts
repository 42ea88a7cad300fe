import { provesAbsence, type Listing } from '../../src/domain/absence';

const whole: Listing = { seen: 10, leastTotal: 10, mostTotal: 10, presentBefore: 10, hasLinked: true };

test.each<[string, Partial<Listing>, boolean]>([
  ['whole', {}, true],
  ['whole, by a vendor that tells no count', { leastTotal: null, mostTotal: null }, true],
  ['with more than the vendor counts', { seen: 11 }, false],
  ['with fewer than the vendor counts', { seen: 9 }, false],
  ['counted differently from page to page', { mostTotal: 11 }, false],
  ['half as long as before', { presentBefore: 20 }, true],
  ['shorter than half', { presentBefore: 21 }, false],
  ['empty where something is linked', { seen: 0, leastTotal: 0, mostTotal: 0, presentBefore: 0 }, false],
  [
    'empty where nothing ever was',
    { seen: 0, leastTotal: 0, mostTotal: 0, presentBefore: 0, hasLinked: false },
    true,
  ],
])('R23 a listing that is %s proves that what it lacks is not there: %#', (_, listing, expected) => {
  expect(provesAbsence({ ...whole, ...listing })).toBe(expected);
});
