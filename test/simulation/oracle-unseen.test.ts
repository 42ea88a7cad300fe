/** What the oracle takes for a lost create that nobody can recognise: it is shown truths made by hand. */
import { broughtUnasked } from './oracle/brought';
import { engineWrites } from './oracle/engine-writes';
import { identity } from './oracle/identity';
import { restraint } from './oracle/restraint';
import { isUnrecognisable } from './oracle/unseen';
import { aTruth } from './oracle-truth';
import type { CallLog } from './products/calls';

const looks = {
  look: { tookEffect: true, isAnswered: true },
  refused: { tookEffect: false, isAnswered: false },
  unanswered: { tookEffect: true, isAnswered: false },
} as const;
type Look = keyof typeof looks;

const call = { side: 'desk', identity: 'company firm', record: null, by: null } as const;

function aLook(at: number, look: Look): CallLog {
  return { ...call, ...looks[look], what: 'find', at, until: at + 100, isCreate: false, isLost: false };
}

function toldApart(id: string) {
  const operation = { verb: 'answer', verdict: 'apart', id: null };
  const link = { number: 9, kind: 'company', ids: { teamwork: '77', desk: null } };
  return { at: 0, operation, link, candidates: [id], result: { done: true, link: 9 } };
}

describe('R15 I4: a lost create whose record somebody renamed', () => {
  /** A company is made in Desk, the answer is lost, and then this befalls, a second apart. */
  function judged(...steps: readonly (Look | 'rename' | 'apart')[]) {
    const { products, calls, pass, site, acts } = aTruth();
    const made = products.create('engine', 'desk', 'company', { name: 'Firm' });
    for (const step of steps) {
      const now = pass(1_000);
      if (step === 'rename') products.update('user', made, { name: 'Other' });
      else if (step === 'apart') acts.push(toldApart(made.id));
      else calls.push(aLook(now, step));
    }
    return identity(site).filter((told) => told.startsWith('I4'));
  }

  it('before it was looked for is asked about, and nobody’s once it was told apart', () => {
    expect(judged('rename', 'look')).toHaveLength(1);
    expect(judged('rename', 'look', 'apart')).toEqual([]);
  });

  it('and was asked about may wait for the answer', () => {
    const { products, journal, site } = aTruth();
    const made = products.create('engine', 'desk', 'company', { name: 'Firm' });
    products.update('user', made, { name: 'Other' });
    const orphans = () => identity(site).filter((told) => told.startsWith('I4'));
    const asked = (...candidates: readonly string[]) => {
      const at = '2026-03-02T10:00:01Z';
      const one = { at, link: 1, event: 'no_effect', side: 'desk', run: null, workflow: null } as const;
      journal.push({ ...one, detail: { candidates } });
    };
    asked('77');
    expect(orphans()).toHaveLength(1);
    asked('77', made.id);
    expect(orphans()).toEqual([]);
  });

  it.each(['refused', 'unanswered'] as const)('after a look that was %s is nobody’s', (look) => {
    expect(judged(look, 'rename', 'look', 'apart')).toEqual([]);
    expect(judged(look, 'look', 'rename', 'look', 'apart')).toHaveLength(1);
    expect(judged(look, 'look')).toHaveLength(1);
  });

  it('after a look that was answered should have been adopted', () => {
    expect(judged('look', 'rename', 'apart')).toHaveLength(1);
  });
});

it('R15 a lost create whose record somebody deleted before it was looked for is nobody’s, and not after that', () => {
  const judged = (...steps: readonly (Look | 'delete')[]) => {
    const { products, calls, pass, site } = aTruth();
    const made = products.create('engine', 'desk', 'company', { name: 'Firm' });
    for (const step of steps) {
      const now = pass(1_000);
      if (step === 'delete') products.delete('user', made);
      else calls.push(aLook(now, step));
    }
    return products.changes
      .filter(({ actor }) => actor === 'engine')
      .map((one) => isUnrecognisable(site, one));
  };
  expect(judged('delete', 'look')).toEqual([true]);
  expect(judged('look', 'delete')).toEqual([false]);
});

describe('R15 I4: a lost create is repeated', () => {
  function judged(look: Look) {
    const { site, intents, calls, pass } = aTruth();
    const sent = { name: 'Firm' };
    const begun = pass(1_000);
    const lost = { tookEffect: true, isLost: true, isAnswered: false };
    calls.push({ ...call, ...lost, what: 'write', at: begun, until: begun + 100, isCreate: true });
    calls.push(aLook(pass(1_000), look));
    for (const at of [begun, pass(1_000)]) {
      const sentAt = new Date(at).toISOString();
      intents.set(sentAt, { link: 1, side: 'desk', kind: 'company', action: 'create', sent, sentAt });
    }
    return restraint(Object.assign(site, { pauses: [] }));
  }

  it('after a look that was answered', () => {
    expect(judged('look')).toEqual([]);
  });

  it.each(['refused', 'unanswered'] as const)('not after one that was %s', (look) => {
    expect(judged(look)).toHaveLength(1);
  });
});

describe('R7 R15: a lost create that was asked about, and deleted before anybody answered', () => {
  const askedFor = { wanted: true, told: true, sent: 'ada2@acme.test', merged: false };

  /** Of the customer of link 2 a contact is made, and renamed and deleted by users; a merge gives link 3 the customer. */
  function judged(more: Partial<typeof askedFor>) {
    const { wanted, told, sent, merged } = { ...askedFor, ...more };
    const { products, person, add, acts, journal, intents, calls, pass, site } = aTruth();
    const company = products.changes[0]?.after.id ?? '';
    const written = { firstName: 'Ada', lastName: 'Byron', email: 'ada2@acme.test', company };
    const into = merged ? ({ phase: 'merged', mergedInto: 3 } as const) : {};
    const elsewhere = products.create('user', 'desk', 'company', { name: 'Ace' });
    const ids = { teamwork: null, desk: person('desk', 2, { company: elsewhere.id }).id };
    const link = add('customer', ids, { phase: 'lone', ...into });
    if (merged) add('customer', { ...ids, teamwork: person('teamwork', 3).id });
    const at = new Date(pass(1_000)).toISOString();
    if (wanted) acts.push({ at: 0, operation: { verb: 'ask' }, link, result: { done: true, link: 2 } });
    const made = products.create('engine', 'teamwork', 'customer', written);
    products.update('user', made, { email: 'other@acme.test' });
    calls.push({ ...aLook(pass(1_000), 'look'), side: 'teamwork', identity: 'customer ada2@acme.test' });
    const intent = { link: 2, side: 'teamwork', kind: 'customer', action: 'create', sentAt: at };
    intents.set('1', { ...intent, sent: { ...written, email: sent } });
    const detail = { action: 'create', ...(told && { candidates: [made.id] }) };
    const entry = { at, link: 2, event: 'no_effect', side: 'teamwork', run: null, workflow: null } as const;
    journal.push({ ...entry, detail });
    pass(1_000);
    products.delete('user', made);
    return broughtUnasked(Object.assign(site, { policies: [] }));
  }

  it('was asked for if its link was, whatever has become of that', () => {
    expect(judged({})).toEqual([]);
    expect(judged({ merged: true })).toEqual([]);
  });

  it.each([{ wanted: false }, { told: false }, { sent: 'ada3@acme.test' }])('but not with %j', (more) => {
    expect(judged(more)).toHaveLength(1);
    expect(judged({ ...more, merged: true })).toHaveLength(1);
  });
});

describe('I7 R15: a lost create that was asked about, and is another’s by now', () => {
  const asOwn = { told: true, intended: 'ada2@acme.test', email: 'ada2@acme.test' };

  /** A contact is made of the customer of link 2, and renamed; the customer is deleted, and link 3 has the contact. */
  function judged(more: Partial<typeof asOwn>) {
    const { told, intended, email } = { ...asOwn, ...more };
    const { products, person, add, journal, intents, pass, site } = aTruth();
    const source = person('desk', 2);
    add('customer', { teamwork: null, desk: source.id }, { phase: 'lone' });
    const company = products.changes[0]?.after.id ?? '';
    const sent = { firstName: 'Ada', lastName: 'Byron', email, company };
    const made = products.create('engine', 'teamwork', 'customer', sent);
    products.update('user', made, { email: 'other@acme.test' });
    const at = new Date(pass(1_000)).toISOString();
    const create = { link: 2, side: 'teamwork', kind: 'customer', action: 'create', sentAt: at };
    intents.set('1', { ...create, sent: { ...sent, email: intended } });
    const detail = { action: 'create', ...(told && { candidates: [made.id] }) };
    journal.push({ at, link: 2, event: 'no_effect', side: 'teamwork', run: null, workflow: null, detail });
    products.delete('user', source);
    add('customer', { teamwork: made.id, desk: person('desk', 3, { email: 'other@acme.test' }).id });
    const engineChanges = () => products.changes.filter(({ actor }) => actor === 'engine');
    return engineWrites(Object.assign(site, { engineChanges }));
  }

  it('was sent what its own source had', () => {
    expect(judged({})).toEqual([]);
  });

  it('and nothing of a stranger’s, though it was meant to be', () => {
    const email = 'stranger@acme.test';
    expect(judged({ email, intended: email })).toHaveLength(1);
    expect(judged({ email: 'other@acme.test', intended: 'other@acme.test' })).toHaveLength(1);
  });

  it.each([{ told: false }, { intended: 'ada3@acme.test' }])('but not with %j', (more) => {
    expect(judged(more)).toHaveLength(1);
  });
});
