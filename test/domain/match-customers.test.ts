import * as fc from 'fast-check';
import { matchCustomers, type MatchRecord } from '../../src/domain/match';
import { groupOf, person, told } from './groups';
import { matchLaws } from './match-laws';
import { seeded } from './values';

function verdicts(...records: readonly MatchRecord[]): Record<string, string> {
  return told(matchCustomers(groupOf(records)));
}

describe('R14 customers', () => {
  it('R14 primary email with primary is a match', () => {
    expect(verdicts(person('t1', ['a@x.org']), person('d1', ['a@x.org']))).toEqual({
      t1: 'd1 by email',
      d1: 't1 by email',
    });
  });

  it('R14 an alternative email is a match where no primary is', () => {
    expect(verdicts(person('t1', ['a@x.org', 'b@x.org']), person('d1', ['b@x.org']))).toEqual({
      t1: 'd1 by alternative_email',
      d1: 't1 by alternative_email',
    });
  });

  it('R14 alternative with alternative is a match, too', () => {
    expect(verdicts(person('t1', ['a@x.org', 'c@x.org']), person('d1', ['b@x.org', 'c@x.org']))).toEqual({
      t1: 'd1 by alternative_email',
      d1: 't1 by alternative_email',
    });
  });

  it('R14 primary emails decide before alternatives, whose other holder is told who has it', () => {
    expect(
      verdicts(person('t1', ['a@x.org', 'b@x.org']), person('d1', ['a@x.org']), person('d2', ['b@x.org'])),
    ).toEqual({ t1: 'd1 by email', d1: 't1 by email', d2: 'taken by t1' });
  });

  it('R14 one email on two people is a question for all three', () => {
    expect(verdicts(person('t1', ['a@x.org']), person('t2', ['a@x.org']), person('d1', ['a@x.org']))).toEqual(
      {
        t1: 'ambiguous_match: d1',
        t2: 'ambiguous_match: d1',
        d1: 'ambiguous_match: t1 t2',
      },
    );
  });

  it('R14 alternatives that lead to two people are a question', () => {
    expect(
      verdicts(
        person('t1', ['a@x.org', 'b@x.org', 'c@x.org']),
        person('d1', ['b@x.org']),
        person('d2', ['c@x.org']),
      ),
    ).toEqual({ t1: 'ambiguous_match: d1 d2', d1: 'ambiguous_match: t1', d2: 'ambiguous_match: t1' });
  });

  it('R14 people without an email have nothing in common', () => {
    expect(verdicts(person('t1', ['']), person('d1', ['']))).toEqual({ t1: 'none', d1: 'none' });
  });
});

describe('R14 customers and their companies', () => {
  const elsewhere = [
    ['linked to another', { companyId: '9', companyLink: 2 }],
    ['that stands alone', { companyId: '9', companyLink: null }],
  ] as const;

  it.each(elsewhere)('R6 a customer in a company %s is a question', (_, facts) => {
    expect(verdicts(person('t1', ['a@x.org']), person('d1', ['a@x.org'], facts))).toEqual({
      t1: 'companies_not_linked_to_each_other: d1',
      d1: 'companies_not_linked_to_each_other: t1',
    });
  });

  it('R14 two companies of which neither is linked are not linked to each other', () => {
    const alone = { companyLink: null };
    expect(verdicts(person('t1', ['a@x.org'], alone), person('d1', ['a@x.org'], alone)).t1).toBe(
      'companies_not_linked_to_each_other: d1',
    );
  });

  it("R6 a customer without a company is matched with a linked client's person", () => {
    const nowhere = { companyId: null, companyLink: null };
    expect(verdicts(person('t1', ['a@x.org']), person('d1', ['a@x.org'], nowhere)).d1).toBe('t1 by email');
  });

  it('R6 a person without a company is matched with a customer of a linked company', () => {
    const free = person('t1', ['ada@acme.test'], { companyId: null, companyLink: null });
    expect(verdicts(free, person('d1', ['ada@acme.test'])).t1).toBe('d1 by email');
  });

  it('R14 of many people each is asked about those who share an email with it', () => {
    const many = Array.from({ length: 120 }, (_, n) => person(`t${n}`, [`${n}@acme.test`]));
    const one = person('d1', ['', '1@acme.test', '112@acme.test']);
    const other = person('d2', ['', '11@acme.test', '12@acme.test']);
    const { d1, d2 } = verdicts(...many, one, other);
    expect([d1, d2]).toEqual(['ambiguous_match: t1 t112', 'ambiguous_match: t11 t12']);
  });

  it('R14 nobody else gets the alternative email of one who is asked about', () => {
    expect(
      verdicts(
        person('t1', ['a@x.org', 'b@x.org']),
        person('d1', ['a@x.org'], { companyLink: 2 }),
        person('d2', ['b@x.org']),
      ),
    ).toEqual({
      t1: 'companies_not_linked_to_each_other: d1',
      d1: 'companies_not_linked_to_each_other: t1',
      d2: 'taken by t1',
    });
  });
});

describe('R14 customers whose email is taken', () => {
  it.each([
    ['primary', ['a@x.org']],
    ['alternative', ['z@x.org', 'a@x.org']],
  ])('R14 the %s email of a linked person is taken', (_, emails) => {
    expect(verdicts(person('t1', emails, { heldBy: 3 }), person('d2', ['a@x.org']))).toEqual({
      t1: 'none',
      d2: 'taken by t1 of link 3',
    });
  });

  it('R1 the email of one of the staff is taken', () => {
    expect(verdicts(person('t1', ['a@x.org'], { outOfScope: true }), person('d2', ['a@x.org'])).d2).toBe(
      'taken by t1, out of scope',
    );
  });

  it('R8 an alternative email that a linked person has does not keep its other holder from being created', () => {
    expect(verdicts(person('t1', ['a@x.org'], { heldBy: 3 }), person('d2', ['b@x.org', 'a@x.org'])).d2).toBe(
      'none',
    );
  });
});

const anyPeople = fc
  .array(
    fc.record({
      emails: fc.shuffledSubarray(['a@x', 'b@x', 'c@x', 'd@x', 'e@x', 'f@x'], { minLength: 1, maxLength: 3 }),
      companyId: fc.constantFrom('1', '2', null),
      isLinked: fc.boolean(),
      heldBy: fc.option(fc.constant(5), { freq: 6 }),
      outOfScope: fc.integer({ max: 7, min: 0 }).map((chance) => chance === 0),
      isTeamwork: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((rows) =>
    rows.map(({ isTeamwork, emails, isLinked, companyId, ...facts }, index) =>
      person(`${isTeamwork ? 't' : 'd'}${index + 1}`, emails, {
        ...facts,
        companyId,
        companyLink: isLinked && companyId !== null ? Number(companyId) : null,
      }),
    ),
  );

describe('R14 customers in any order', () => {
  matchLaws(anyPeople, verdicts);

  it('R14 who has a primary email of a free record is never created beside it', () => {
    fc.assert(
      fc.property(anyPeople, (records) => {
        const words = verdicts(...records);
        for (const one of records.filter(({ heldBy, outOfScope }) => heldBy === null && !outOfScope)) {
          const claimed = records.some(
            (other) =>
              other.side !== one.side && [other.email, ...other.alternativeEmails].includes(one.email),
          );
          if (claimed) expect(words[one.id]).not.toBe('none');
        }
      }),
      seeded(150),
    );
  });
});
