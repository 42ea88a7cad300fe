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

  it('R15 perhaps made by us: a question on both sides, until it is answered', () => {
    const two = [company('t1', 'Acme'), company('d1', 'Renamed')];
    const perhaps = groupOf(two, [answer('t1', 'd1', 'perhaps')]);
    expect(told(matchCompanies(perhaps))).toEqual({
      t1: 'perhaps_made_by_us: d1',
      d1: 'perhaps_made_by_us: t1',
    });
    expect(told(matchCompanies(groupOf(two, [answer('t1', 'd1', 'apart')])))).toEqual({
      t1: 'none',
      d1: 'none',
    });
    expect(told(matchCompanies(groupOf(two, [answer('t1', 'd1', 'same')]))).t1).toBe('d1 by answer');
  });

  it('R14 R15 perhaps made by us contradicts a signal for another: no pair, whichever is answered first', () => {
    const [t1, t2, d1, d2] = [
      company('t1', 'Acme'),
      company('t2', 'Beta'),
      company('d1', 'Beta'),
      company('d2', 'New'),
    ];
    const all = [t1, t2, d1, d2];
    const perhaps = ['d1', 'd2'].map((id) => answer('t1', id, 'perhaps'));
    expect(told(matchCompanies(groupOf(all, perhaps)))).toEqual({
      ...{ t1: 'perhaps_made_by_us: d1 d2', d2: 'perhaps_made_by_us: t1' },
      ...{ t2: 'contradicting_match: d1', d1: 'contradicting_match: t1 t2' },
    });
    const apart = [answer('t1', 'd1', 'apart'), answer('t1', 'd2', 'perhaps')];
    expect(told(matchCompanies(groupOf(all, apart)))).toEqual({
      ...{ t1: 'perhaps_made_by_us: d2', d2: 'perhaps_made_by_us: t1' },
      ...{ t2: 'd1 by name', d1: 't2 by name' },
    });
    const same = [...perhaps, answer('t1', 'd2', 'same')];
    expect(told(matchCompanies(groupOf(all, same)))).toMatchObject({ t1: 'd2 by answer', t2: 'd1 by name' });
  });

  it('R15 two questions of one group are about two pairs', () => {
    const all = ['t1', 't2', 'd1', 'd2'].map((id) => company(id, `New ${id}`));
    const perhaps = [answer('t1', 'd1', 'perhaps'), answer('t2', 'd2', 'perhaps')];
    expect(told(matchCompanies(groupOf(all, perhaps)))).toEqual({
      ...{ t1: 'perhaps_made_by_us: d1', d1: 'perhaps_made_by_us: t1' },
      ...{ t2: 'perhaps_made_by_us: d2', d2: 'perhaps_made_by_us: t2' },
    });
  });

  it('R15 perhaps made by us, of the same two as a signal of any round, leaves them a match', () => {
    const contact = person('t1', ['ada@acme.test']);
    const perhaps = [answer('t1', 'd1', 'perhaps')];
    const matched = (...emails: string[]) =>
      told(matchCustomers(groupOf([contact, person('d1', emails)], perhaps)));
    expect(matched('ada@acme.test')).toMatchObject({ t1: 'd1 by email', d1: 't1 by email' });
    expect(matched('new@acme.test', 'ada@acme.test')).toMatchObject({ t1: 'd1 by alternative_email' });
  });

  it('R14 R15 a person perhaps made by us is not paired by an email given since, nor made anew beside one who has it', () => {
    const [ada, bea] = [person('t1', ['ada@acme.test']), person('t2', ['bea@acme.test'])];
    const perhaps = [answer('t1', 'd1', 'perhaps')];
    const given = person('d1', ['bea@acme.test']);
    expect(told(matchCustomers(groupOf([ada, bea, given], perhaps)))).toEqual({
      ...{ t1: 'contradicting_match: d1', t2: 'contradicting_match: d1', d1: 'contradicting_match: t1 t2' },
    });
    const elsewhere = [
      person('t1', ['ada@acme.test'], { companyLink: 1 }),
      person('d2', ['ada@acme.test'], { companyLink: 2 }),
      person('d1', ['left@acme.test'], { companyLink: 1 }),
    ];
    expect(told(matchCustomers(groupOf(elsewhere, perhaps)))).toEqual({
      ...{ t1: 'contradicting_match: d1 d2', d1: 'contradicting_match: t1', d2: 'contradicting_match: t1' },
    });
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
