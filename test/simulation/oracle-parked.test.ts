/** The oracle's checks of what is parked, of mass changes and of matches can fail: each is shown a truth made by hand. */
import { massWrites } from './oracle/mass-writes';
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

describe('I9 R26: what is written in a mass', () => {
  function rewritten(count: number) {
    const truth = aTruth();
    for (let n = 0; n < count; n++) {
      const { desk } = truth.pair(n);
      truth.products.update('engine', desk, { lastName: 'King' });
    }
    return massWrites(truth.site);
  }

  it('one field of 25 may be rewritten within a day, not of more', () => {
    expect(rewritten(25)).toEqual([]);
    expect(rewritten(26)).toHaveLength(1);
  });

  it('R12 a run’s first match of a field is announced, one that nobody’s run made is not', () => {
    const matched = (run: string | null) => {
      const truth = aTruth();
      for (let n = 0; n < 26; n++) {
        const { desk, link } = truth.pair(n);
        const detail = { field: 'lastName', rule: 'first_match' };
        const told = { at: '2026-03-02T10:00:00Z', link: link.number, side: null, workflow: null };
        truth.journal.push({ ...told, event: 'linked', run: null, detail: {} });
        truth.journal.push({ ...told, event: 'conflict', run, detail });
        truth.products.update('engine', desk, { lastName: 'King' });
      }
      return massWrites(truth.site);
    };
    expect(matched('run-1')).toEqual([]);
    expect(matched(null)).toHaveLength(1);
  });

  it('another day is another count', () => {
    const truth = aTruth();
    for (let n = 0; n < 30; n++) {
      const { desk } = truth.pair(n);
      if (n === 15) truth.pass(25 * 3_600_000);
      truth.products.update('engine', desk, { lastName: 'King' });
    }
    expect(massWrites(truth.site)).toEqual([]);
  });

  it('50 contacts may be made, not more', () => {
    const made = (count: number) => {
      const truth = aTruth();
      for (let n = 0; n < count; n++) {
        const create = {
          side: 'teamwork',
          kind: 'customer',
          action: 'create',
          state: 'confirmed',
          run: null,
        };
        truth.intents.set(String(n), { ...create, link: n + 10, sentAt: '2026-03-02T10:00:00Z' });
      }
      return massWrites(truth.site);
    };
    expect(made(50)).toEqual([]);
    expect(made(51)).toHaveLength(1);
  });

  it('R5 who was in a company when it was asked for comes with it and counts as asked for', () => {
    const made = (linkedAfterMs: number) => {
      const truth = aTruth();
      const create = { side: 'teamwork', kind: 'customer', action: 'create', state: 'confirmed', run: null };
      const activeSince = new Date(Date.parse('2026-03-02T10:00:00Z') + linkedAfterMs).toISOString();
      for (let n = 0; n < 51; n++) {
        const { teamwork, desk, link } = truth.pair(n);
        const ids = { teamwork: String(teamwork.fields.company), desk: String(desk.fields.company) };
        truth.add('company', ids, { asked: 'yes', activeSince });
        truth.intents.set(String(n), { ...create, link: link.number, sentAt: '2026-03-02T11:00:00Z' });
      }
      return massWrites(truth.site);
    };
    expect(made(60_000)).toEqual([]);
    expect(made(-60_000)).toHaveLength(1);
  });

  it('nothing is held where little changed', () => {
    const truth = aTruth();
    truth.pair(1, { status: 'held', reason: 'mass_change' });
    expect(massWrites(truth.site)).toHaveLength(1);
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
