import { both, merged } from './merges';

describe('R11 R27 an operator’s choice', () => {
  const agreed = both({ firstName: 'Ada' }, { firstName: 'Ada' });

  it('R11 the loser’s value, chosen, is written to both sides that agree on another', () => {
    const choices = { firstName: both('Augusta', 'Augusta') };
    expect(merged({ fields: agreed, bases: agreed, choices })).toEqual({
      writes: both({ firstName: 'Augusta' }, { firstName: 'Augusta' }),
      sourceBases: both({ firstName: 'Augusta' }, { firstName: 'Augusta' }),
    });
  });

  it('R11 only the side that lacks it is written', () => {
    const fields = both({ firstName: 'Augusta' }, { firstName: 'Ada' });
    expect(
      merged({ fields, bases: agreed, choices: { firstName: both('Augusta', 'Augusta') } }).writes,
    ).toEqual({
      desk: { firstName: 'Augusta' },
    });
  });

  it('R11 it ends as agreement when both sides have it', () => {
    expect(merged({ fields: agreed, bases: agreed, choices: { firstName: both('Ada', 'Ada') } })).toEqual({
      agreed,
    });
  });

  it('R27 an email that moves a login goes across by choice alone', () => {
    const bases = both({ email: 'a@acme.test' }, { email: 'a@acme.test' });
    const fields = both({ email: 'a@acme.test' }, { email: 'b@acme.test' });
    const signsIn = { fields, bases, signsIn: true };
    expect(merged(signsIn).notes).toEqual([{ field: 'email', reason: 'login_email_protected' }]);
    const chosen = merged({ ...signsIn, choices: { email: both('b@acme.test', 'b@acme.test') } });
    expect(chosen.writes).toEqual({ teamwork: { email: 'b@acme.test' } });
  });

  it('R11 what a side was edited to since is kept, and what it had agreed on is not', () => {
    const fields = both({ firstName: 'Ada' }, { firstName: 'Addie' });
    const { writes, losers } = merged({
      fields,
      bases: agreed,
      choices: { firstName: both('Augusta', 'Augusta') },
    });
    expect(writes).toEqual(both({ firstName: 'Augusta' }, { firstName: 'Augusta' }));
    expect(losers).toEqual([
      {
        field: 'firstName',
        side: 'desk',
        value: 'Addie',
        against: 'Augusta',
        base: 'Ada',
        rule: 'choice',
        decidedBy: 'operator',
        changedAt: null,
      },
    ]);
  });

  it('R12 where both never agreed on anything, what either says instead is kept', () => {
    const fields = both({ firstName: 'Ada', twitter: '' }, { firstName: 'Addie', twitter: 'one' });
    const choices = { firstName: both('Augusta', 'Augusta'), twitter: both('two', 'two') };
    const { losers = [] } = merged({ fields, choices });
    expect(losers.map(({ field, side, value, base }) => [field, side, value, base])).toEqual([
      ['firstName', 'teamwork', 'Ada', null],
      ['firstName', 'desk', 'Addie', null],
      ['twitter', 'desk', 'one', null],
    ]);
  });

  it('R27 a company is chosen in each side’s own ids', () => {
    const fields = both({ company: 'T1' }, { company: 'D2' });
    const choices = { company: both('T2', 'D2') };
    expect(
      merged({ fields, bases: both({ company: 'T1' }, { company: 'D1' }), signsIn: true, choices }).writes,
    ).toEqual({
      teamwork: { company: 'T2' },
    });
  });

  it('R8 an unread field waits', () => {
    expect(
      merged({ fields: both({}, { firstName: 'Ada' }), choices: { firstName: both('x', 'x') } }),
    ).toEqual({});
  });
});
