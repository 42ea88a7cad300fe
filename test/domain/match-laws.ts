/** What holds of the matching of any records, companies and customers alike (R14). */
import * as fc from 'fast-check';
import type { MatchRecord } from '../../src/domain/match';
import { mirrored, mirroredWords } from './groups';
import { seeded } from './values';

type Verdicts = (...records: readonly MatchRecord[]) => Record<string, string>;

export function matchLaws(anyRecords: fc.Arbitrary<MatchRecord[]>, verdicts: Verdicts): void {
  it('R14 the order of reading changes nothing', () => {
    const shuffled = anyRecords.chain((records) =>
      fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
    );
    fc.assert(
      fc.property(shuffled, ([records, others]) => expect(verdicts(...others)).toEqual(verdicts(...records))),
      seeded(150),
    );
  });

  it('R14 both sides are treated alike', () => {
    fc.assert(
      fc.property(anyRecords, (records) =>
        expect(verdicts(...mirrored(records))).toEqual(mirroredWords(verdicts(...records))),
      ),
      seeded(150),
    );
  });
}
