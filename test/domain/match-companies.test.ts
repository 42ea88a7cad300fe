import { matchCompanies, type MatchRecord } from '../../src/domain/match';
import { company, groupOf, told } from './groups';

function verdicts(...records: readonly MatchRecord[]): Record<string, string> {
  return told(matchCompanies(groupOf(records)));
}

describe('R14 companies', () => {
  it('R14 the same name with another legal form is a match', () => {
    expect(verdicts(company('t1', 'Acme, Inc.'), company('d1', 'ACME GmbH'))).toEqual({
      t1: 'd1 by name',
      d1: 't1 by name',
    });
  });

  it('R14 a shared domain is a match whatever the names', () => {
    expect(
      verdicts(company('t1', 'Acme', ['acme.com']), company('d1', 'acme.com', ['acme.com', 'x.org'])),
    ).toEqual({
      t1: 'd1 by domain',
      d1: 't1 by domain',
    });
  });

  it('R14 other names and other domains have nothing in common', () => {
    expect(verdicts(company('t1', 'Acme', ['acme.com']), company('d1', 'Acme Group', ['acme.de']))).toEqual({
      t1: 'none',
      d1: 'none',
    });
  });

  it('R14 the same name is a match although the domains differ', () => {
    expect(verdicts(company('t1', 'Acme', ['acme.com']), company('d1', 'Acme', ['acme.de']))).toEqual({
      t1: 'd1 by name',
      d1: 't1 by name',
    });
  });

  it('R14 name and domain together decide before either alone', () => {
    expect(
      verdicts(
        company('t1', 'Acme', ['acme.com']),
        company('d1', 'Acme Ltd', ['acme.com']),
        company('d2', 'Acme Inc'),
        company('t2', 'ACME LLC'),
      ),
    ).toEqual({
      t1: 'd1 by name_and_domain',
      d1: 't1 by name_and_domain',
      t2: 'd2 by name',
      d2: 't2 by name',
    });
  });

  it('R14 two of one name are a question for all three', () => {
    expect(verdicts(company('t1', 'Acme'), company('t2', 'Acme Ltd'), company('d1', 'Acme Inc'))).toEqual({
      t1: 'ambiguous_match: d1',
      t2: 'ambiguous_match: d1',
      d1: 'ambiguous_match: t1 t2',
    });
  });

  it('R14 two candidates by name and domain are a question', () => {
    expect(
      verdicts(
        company('t1', 'Acme', ['acme.com', 'acme.de']),
        company('d1', 'Acme', ['acme.com']),
        company('d2', 'Acme', ['acme.de']),
      ),
    ).toEqual({ t1: 'ambiguous_match: d1 d2', d1: 'ambiguous_match: t1', d2: 'ambiguous_match: t1' });
  });

  it('R14 a name and a domain that point to different companies contradict each other', () => {
    expect(
      verdicts(
        company('t1', 'Acme', ['beta.com']),
        company('d1', 'Acme'),
        company('d2', 'Beta', ['beta.com']),
      ),
    ).toEqual({
      t1: 'contradicting_match: d1 d2',
      d1: 'contradicting_match: t1',
      d2: 'contradicting_match: t1',
    });
  });

  it('R14 a name and domains that have a company in common do not contradict each other', () => {
    expect(
      verdicts(
        company('d1', 'Acme', ['a.com', 'b.com', 'c.com']),
        company('t1', 'Acme', ['a.com']),
        company('t2', 'Acme', ['b.com']),
        company('t3', 'Other', ['c.com']),
      ).d1,
    ).toBe('ambiguous_match: t1 t2 t3');
  });

  it('R14 a domain that several of one side carry is no signal', () => {
    expect(
      verdicts(
        company('t1', 'Acme', ['holding.com']),
        company('t2', 'Beta', ['holding.com']),
        company('d1', 'Gamma', ['holding.com']),
      ),
    ).toEqual({ t1: 'none', t2: 'none', d1: 'none' });
  });

  it('R14 nor if one of the several is linked already', () => {
    expect(
      verdicts(
        company('t1', 'Acme', ['holding.com'], { heldBy: 4 }),
        company('t2', 'Beta', ['holding.com']),
        company('d1', 'Gamma', ['holding.com']),
      ),
    ).toEqual({ t1: 'none', t2: 'none', d1: 'none' });
  });

  it('R14 blank names are no signal', () => {
    expect(verdicts(company('t1', ' '), company('d1', '\u200b'))).toEqual({ t1: 'none', d1: 'none' });
  });

  it('R14 a domain written twice is one', () => {
    expect(verdicts(company('t1', 'A', ['a.com', 'a.com']), company('d1', 'B', ['a.com']))).toEqual({
      t1: 'd1 by domain',
      d1: 't1 by domain',
    });
  });

  it('R14 a name that is a word of the language itself is a name', () => {
    expect(verdicts(company('t1', '__proto__', ['constructor']), company('d1', 'constructor'))).toEqual({
      t1: 'none',
      d1: 'none',
    });
  });
});

describe('R14 companies whose name is taken', () => {
  it('R5 the same name held by a link is named with its link', () => {
    expect(verdicts(company('t1', 'Acme', [], { heldBy: 7 }), company('d2', 'ACME '))).toEqual({
      t1: 'none',
      d2: 'taken by t1 of link 7',
    });
  });

  it("R5 the owner company's name is taken", () => {
    expect(
      verdicts(company('t1', 'Agency', ['agency.com'], { outOfScope: true }), company('d2', 'agency')),
    ).toEqual({
      t1: 'none',
      d2: 'taken by t1, out of scope',
    });
  });

  it('R14 another legal form of a linked name is free, for the vendors take it', () => {
    expect(verdicts(company('t1', 'Acme Ltd', [], { heldBy: 7 }), company('d2', 'Acme Inc'))).toEqual({
      t1: 'none',
      d2: 'none',
    });
  });

  it('R15 a name that is just being linked is taken already', () => {
    expect(
      verdicts(
        company('t1', 'Acme Ltd', ['acme.com']),
        company('d1', 'ACME', ['acme.com']),
        company('t2', 'Acme', ['acme.de']),
      ),
    ).toEqual({ t1: 'd1 by name_and_domain', d1: 't1 by name_and_domain', t2: 'taken by d1' });
  });

  it('R14 a free candidate comes before a holder', () => {
    expect(
      verdicts(company('t1', 'Acme'), company('d1', 'Acme', [], { heldBy: 7 }), company('d2', 'Acme Inc')),
    ).toEqual({ t1: 'd2 by name', d1: 'none', d2: 't1 by name' });
  });

  it('R14 of several holders the one with a link is named', () => {
    expect(
      verdicts(
        company('d1', 'Acme'),
        company('t1', 'Acme', [], { outOfScope: true }),
        company('t2', 'acme', [], { heldBy: 9 }),
      ).d1,
    ).toBe('taken by t2 of link 9');
  });

  it.each([[['t9', 't10']], [['t10', 't9']], [['t11', 't9', 't10']]])(
    'R14 of several holders alike the earliest id is named, read as %j',
    (ids) => {
      const held = ids.map((id) => company(id, 'Acme', [], { outOfScope: true }));
      expect(verdicts(company('d1', 'Acme'), ...held).d1).toBe('taken by t9, out of scope');
    },
  );

  it('R14 the one with a link is named also where it was read first', () => {
    const holders = [
      company('t5', 'Acme', [], { heldBy: 9 }),
      company('t1', 'Acme', [], { outOfScope: true }),
    ];
    expect(verdicts(company('d1', 'Acme'), ...holders).d1).toBe('taken by t5 of link 9');
  });

  it('R14 candidates are told by their ids, whatever the order of reading', () => {
    const twins = ['d10', 'd3', 'd2', 'd1'].map((id) => company(id, 'Acme'));
    expect(verdicts(company('t1', 'Acme'), ...twins).t1).toBe('ambiguous_match: d1 d2 d3 d10');
  });
});
