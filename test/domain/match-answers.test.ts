import { matchCompanies, matchCustomers, type Answer } from '../../src/domain/match';
import { company, groupOf, person, told } from './groups';

const answer = (teamwork: string, desk: string, verdict: Answer['verdict']): Answer => ({
  teamwork,
  desk,
  verdict,
});

describe('R14 an operator’s answers', () => {
  const twins = [company('t1', 'Acme'), company('d1', 'Acme'), company('d2', 'ACME Ltd')];

  it('R14 unanswered, two candidates are a question', () => {
    expect(told(matchCompanies(groupOf(twins))).t1).toBe('ambiguous_match: d1 d2');
  });

  it('R14 same: the two are a match, and the other is told whose name it has', () => {
    expect(told(matchCompanies(groupOf(twins, [answer('t1', 'd2', 'same')])))).toEqual({
      t1: 'd2 by answer',
      d2: 't1 by answer',
      d1: 'taken by t1',
    });
  });

  it('R14 apart: never again candidates, and what is left is a match', () => {
    expect(told(matchCompanies(groupOf(twins, [answer('t1', 'd1', 'apart')])))).toEqual({
      t1: 'd2 by name',
      d2: 't1 by name',
      d1: 'taken by t1',
    });
  });

  it('R14 apart from all: nothing speaks for any of them', () => {
    const answers = [answer('t1', 'd1', 'apart'), answer('t1', 'd2', 'apart')];
    expect(told(matchCompanies(groupOf(twins, answers)))).toEqual({ t1: 'none', d1: 'none', d2: 'none' });
  });

  it('R14 apart from one of three leaves a question between the others', () => {
    const three = [...twins, company('d3', 'Acme')];
    const verdicts = told(matchCompanies(groupOf(three, [answer('t1', 'd1', 'apart')])));
    expect([verdicts.t1, verdicts.d1]).toEqual(['ambiguous_match: d2 d3', 'none']);
  });

  it('R22 same about a record that a link holds is not about another', () => {
    const held = company('t2', 'Other', [], { heldBy: 9 });
    const verdicts = told(
      matchCompanies(
        groupOf([company('t1', 'Acme'), held, company('d1', 'Beta')], [answer('t2', 'd1', 'same')]),
      ),
    );
    expect(verdicts).toMatchObject({ t1: 'none', d1: 'none' });
  });

  it('R14 same stands above companies that are not linked to each other', () => {
    const ada = person('t1', ['ada@acme.test'], { companyLink: 1 });
    const other = person('d1', ['ada@acme.test'], { companyLink: 2 });
    expect(told(matchCustomers(groupOf([ada, other]))).t1).toMatch('companies_not_linked_to_each_other');
    expect(told(matchCustomers(groupOf([ada, other], [answer('t1', 'd1', 'same')]))).t1).toBe('d1 by answer');
  });

  it('R22 same does not take a record from the link that holds it', () => {
    const held = company('d1', 'Acme', [], { heldBy: 9 });
    const verdicts = told(
      matchCompanies(groupOf([company('t1', 'Acme'), held], [answer('t1', 'd1', 'same')])),
    );
    expect(verdicts.t1).toBe('taken by d1 of link 9');
  });
});
