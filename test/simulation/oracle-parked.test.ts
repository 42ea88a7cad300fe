/** The oracle's checks of what is parked and of matches can fail: each is shown a truth made by hand. */
import { parked } from './oracle/parked';
import { unmatched } from './oracle/unmatched';
import { aTruth } from './oracle-truth';

describe('R31: what is parked has a true reason', () => {
  const ignored = { status: 'failing', reason: 'remote_ignored' } as const;

  function afterIgnored(times: number) {
    const truth = aTruth();
    const { teamwork, desk } = truth.pair(1, ignored);
    truth.products.manners.ignore(desk, 'lastName', times);
    truth.products.update('user', teamwork, { lastName: 'King' });
    truth.products.update('engine', desk, { lastName: 'King' });
    return truth;
  }

  it('R13 a product that goes on ignoring is a reason, one that would make it is none', () => {
    expect(parked(afterIgnored(5).site)).toEqual([]);
    expect(parked(afterIgnored(1).site)).toHaveLength(1);
  });

  it('a name that somebody has is a reason, one that is free is none', () => {
    const truth = aTruth();
    const { teamwork } = truth.pair(1, { status: 'failing', reason: 'taken' });
    expect(parked(truth.site)).toHaveLength(1);
    const holder = truth.person('desk', 9);
    truth.products.update('user', teamwork, { email: 'ada9@acme.test' });
    expect(parked(truth.site)).toEqual([]);
    truth.products.delete('user', holder);
    expect(parked(truth.site)).toHaveLength(1);
  });

  it('R14 a match by an email beside is a reason while that one has a counterpart, not once it stands alone', () => {
    const kept = (phase: 'active' | 'lone') => {
      const truth = aTruth();
      const teamwork = truth.person('teamwork', 1, { alternativeEmails: ['ada2@acme.test'] });
      const desk = truth.person('desk', 1);
      truth.add('customer', { teamwork: teamwork.id, desk: desk.id }, { phase });
      const { id } = truth.person('desk', 2);
      truth.add(
        'customer',
        { teamwork: null, desk: id },
        { phase: 'lone', status: 'failing', reason: 'taken' },
      );
      return parked(truth.site);
    };
    expect(kept('active')).toEqual([]);
    expect(kept('lone')).toHaveLength(1);
  });

  it('R8 another email that is to be written counts in Desk, and none that Teamwork.com keeps beside', () => {
    const taken = (side: 'teamwork' | 'desk') => {
      const truth = aTruth();
      const also = { alternativeEmails: ['also@acme.test'] };
      const { id } = truth.person(side, 1, also);
      const alone = { phase: 'lone', status: 'failing', reason: 'taken' } as const;
      truth.add('customer', { teamwork: null, desk: null, [side]: id }, alone);
      truth.person(side === 'desk' ? 'teamwork' : 'desk', 2, also);
      return parked(truth.site);
    };
    expect(taken('teamwork')).toEqual([]);
    expect(taken('desk')).toHaveLength(1);
  });

  it.each([
    ['Acme Ltd Inc', 0],
    ['Acme Ltd Trading', 1],
  ])('R5 R14 of a company’s name legal forms do not count: %s', (name, violations) => {
    const truth = aTruth();
    const { id } = truth.products.create('user', 'desk', 'company', { name });
    const taken = { phase: 'lone', status: 'failing', reason: 'taken', asked: 'yes' } as const;
    truth.add('company', { teamwork: null, desk: id }, taken);
    expect(parked(truth.site)).toHaveLength(violations);
  });

  it('R25 whose companies are a pair is not suspended', () => {
    const truth = aTruth();
    const { desk } = truth.pair(1, { status: 'suspended', reason: 'no_company' });
    expect(parked(truth.site)).toHaveLength(1);
    truth.products.update('user', desk, { company: '' });
    expect(parked(truth.site)).toEqual([]);
  });

  it.each(['vendor_unavailable', 'forbidden', 'refused'] as const)(
    'nothing fails as %s for good',
    (reason) => {
      const truth = aTruth();
      truth.pair(1, { status: 'failing', reason });
      expect(parked(truth.site)).toHaveLength(1);
    },
  );

  it('R16 nobody waits for a company that is linked', () => {
    const truth = aTruth();
    const { id } = truth.person('teamwork', 1);
    truth.add('customer', { teamwork: id, desk: null }, { phase: 'lone', status: 'waiting' });
    expect(parked(truth.site)).toHaveLength(1);
  });
});

describe('R23: who is refused for a company that is gone', () => {
  function refused() {
    const truth = aTruth();
    truth.pair(1);
    const alone = { phase: 'lone', status: 'failing', reason: 'refused' } as const;
    truth.add('customer', { teamwork: null, desk: truth.person('desk', 2).id }, alone);
    return truth;
  }

  function withoutClient() {
    const truth = refused();
    const [client] = truth.products.live('teamwork', 'company');
    if (client !== undefined) truth.products.delete('user', client);
    return truth;
  }

  it('is so where every other record is gone as well, and nobody can prove it', () => {
    expect(parked(withoutClient().site)).toEqual([]);
  });

  it('is not so where the company is there, or another record shows that it is not', () => {
    expect(parked(refused().site)).toHaveLength(1);
    const { site, products, add } = withoutClient();
    const { id } = products.create('user', 'teamwork', 'company', { name: 'Other' });
    add('company', { teamwork: id, desk: null });
    expect(parked(site)).toHaveLength(1);
  });
});

describe('R14: who is alike and stands alone', () => {
  const lone = { phase: 'lone', status: 'excluded', reason: 'automatic_creation_off' } as const;

  it('is linked, where each is the only candidate of the other', () => {
    const truth = aTruth();
    truth.add('customer', { teamwork: truth.person('teamwork', 1).id, desk: null }, lone);
    expect(unmatched(truth.site)).toEqual([]);
    truth.add('customer', { teamwork: null, desk: truth.person('desk', 1).id }, lone);
    expect(unmatched(truth.site)).toHaveLength(1);
  });

  it('R14 stays alone where an operator told the two apart, and nobody else does', () => {
    const truth = aTruth();
    const link = truth.add('customer', { teamwork: truth.person('teamwork', 1).id, desk: null }, lone);
    const desk = truth.person('desk', 1).id;
    truth.add('customer', { teamwork: null, desk }, lone);
    const apart = (id: string) => {
      const operation = { verb: 'answer', verdict: 'apart', id };
      truth.acts.push({ link, operation, candidates: [id], result: { done: true } });
    };
    apart('999');
    expect(unmatched(truth.site)).toHaveLength(1);
    apart(desk);
    expect(unmatched(truth.site)).toEqual([]);
  });

  it('R22 stays alone after a break', () => {
    const truth = aTruth();
    const { id } = truth.person('teamwork', 1);
    truth.add('customer', { teamwork: id, desk: null }, { phase: 'broken', status: 'broken' });
    truth.add('customer', { teamwork: null, desk: truth.person('desk', 1).id }, lone);
    expect(unmatched(truth.site)).toEqual([]);
  });
});
