/** What holds of any companies, in whatever order they are read. */
import * as fc from 'fast-check';
import { matchCompanies, type MatchRecord } from '../../src/domain/match';
import { company, groupOf, told } from './groups';
import { matchLaws } from './match-laws';
import { seeded } from './values';

function verdicts(...records: readonly MatchRecord[]): Record<string, string> {
  return told(matchCompanies(groupOf(records)));
}

const anyCompanies = fc
  .array(
    fc.record({
      name: fc.constantFrom('Acme', 'Acme Ltd', 'ACME', 'Beta', 'Beta GmbH', 'Gamma', ''),
      domains: fc.subarray(['a.com', 'b.com', 'c.com', 'd.com', 'e.com'], { maxLength: 2 }),
      heldBy: fc.option(fc.constant(5), { freq: 6 }),
      outOfScope: fc.integer({ max: 7, min: 0 }).map((chance) => chance === 0),
      isTeamwork: fc.boolean(),
    }),
    { maxLength: 9 },
  )
  .map((rows) =>
    rows.map(({ isTeamwork, name, domains, ...facts }, index) =>
      company(`${isTeamwork ? 't' : 'd'}${index + 1}`, name, domains, facts),
    ),
  );

describe('R14 companies in any order', () => {
  matchLaws(anyCompanies, verdicts);

  it('R14 a match is mutual and free, and a question names only free records', () => {
    fc.assert(
      fc.property(anyCompanies, (records) => {
        const group = groupOf(records);
        const result = matchCompanies(group);
        const isFree = (id: string) =>
          records.some((one) => one.id === id && one.heldBy === null && !one.outOfScope);
        for (const { side, id } of records) {
          const match = result[side].get(id);
          const other = side === 'teamwork' ? result.desk : result.teamwork;
          if (match?.verdict === 'one') {
            expect(isFree(match.id)).toBe(true);
            expect(other.get(match.id)).toEqual({ ...match, id });
          }
          if (match?.verdict === 'question') expect(match.candidates.every(isFree)).toBe(true);
        }
        expect(result.teamwork.size + result.desk.size).toBe(records.length);
      }),
      seeded(150),
    );
  });

  it('R14 thousands of one name are one question each, told from shared lists', () => {
    const records = Array.from({ length: 4_000 }, (_, n) =>
      company(`${n % 2 === 0 ? 't' : 'd'}${n}`, 'Test'),
    );
    const result = matchCompanies(groupOf(records));
    const questions = [...result.teamwork.values()].map(
      (match) => match.verdict === 'question' && match.candidates,
    );
    expect(new Set(questions).size).toBe(1);
    expect(questions[0]).toHaveLength(2_000);
  });
});
