/** The oracle's checks of what operators asked for can fail: each is shown a truth that breaks it, and one that does not. */
import type { Link } from '../../src/domain/link';
import type { Operation } from '../../src/ports/operations';
import type { JournalEntry } from '../../src/ports/reads';
import { answeredUnseen, passedRejected } from './oracle/hold-answers';
import { broughtUnasked } from './oracle/brought';
import { unlikeChosen } from './oracle/chosen';
import { aliveUnasked, joinedApart, joinedUnasked, mergedAnew, restoredTwice } from './oracle/joined';

const at = (second: number) => new Date(Date.parse('2026-03-02T10:00:00Z') + second * 1_000).toISOString();
const ms = (second: number) => Date.parse(at(second));

function entry(event: string, second: number, more: Partial<JournalEntry> = {}): JournalEntry {
  return { at: at(second), link: 7, event, side: null, run: null, workflow: null, detail: {}, ...more };
}

const link = {
  number: 7,
  kind: 'customer',
  phase: 'active',
  ids: { teamwork: '1', desk: '2' },
  status: 'in_sync',
  notes: [],
  mergedInto: null,
} as unknown as Link;

const rows = (journal: readonly JournalEntry[], of: Link = link) =>
  ({ journal, links: new Map([[of.number, { link: of }]]), intents: new Map() }) as never;

const none = { teamwork: null, desk: null };

interface Asked {
  readonly id?: string;
  readonly operation: Operation;
  readonly link?: Link;
}

function operators(...acts: readonly Asked[]) {
  const done = { done: true, link: 7 };
  const whole = acts.map((act, n) => ({
    at: ms(n),
    link,
    records: none,
    candidates: ['2'],
    result: done,
    ...act,
  }));
  return { acts: whole, holdActs: [], inclusions: [] } as never;
}

const relink = { verb: 'relink', withPeople: false } as const;
const apart = { verb: 'answer', verdict: 'apart', id: '2' } as const;

it('R22 a tombstone is joined again by an operator alone', () => {
  const journal = [entry('relinked', 5, { detail: { operation: 'x' } })];
  expect(
    joinedUnasked({ rows: rows(journal), operators: operators({ id: 'x', operation: relink }) }),
  ).toEqual([]);
  expect(joinedUnasked({ rows: rows(journal), operators: operators() })).toHaveLength(1);
});

it('R22 nothing is written for a tombstone', () => {
  const [broken, updated] = [entry('broken', 1), entry('updated', 3)];
  expect(aliveUnasked({ rows: rows([broken, entry('relinked', 2), updated]) })).toEqual([]);
  expect(aliveUnasked({ rows: rows([broken, updated]) })).toHaveLength(1);
});

it('R22 a relink merges from the base', () => {
  const first = entry('conflict', 3, { side: 'desk', detail: { field: 'lastName', rule: 'first_match' } });
  expect(mergedAnew({ rows: rows([first, entry('relinked', 4)]) })).toEqual([]);
  expect(mergedAnew({ rows: rows([entry('relinked', 1), first]) })).toHaveLength(1);
});

it('R22 restored since, it is a first match with whoever is found, and none with who was made for it', () => {
  const first = entry('conflict', 3, { side: 'desk', detail: { field: 'name', rule: 'first_match' } });
  const [relinked, restored] = [entry('relinked', 0), entry('restored', 1, { side: 'desk' })];
  expect(mergedAnew({ rows: rows([relinked, restored, entry('linked', 2), first]) })).toEqual([]);
  expect(mergedAnew({ rows: rows([relinked, restored, entry('created', 2), first]) })).toHaveLength(1);
  expect(mergedAnew({ rows: rows([restored, relinked, first]) })).toHaveLength(1);
});

it('R22 a pair that was suspended from its match to its break meets for the first time when it is relinked', () => {
  const first = entry('conflict', 5, { side: 'desk', detail: { field: 'name', rule: 'first_match' } });
  const matched = entry('linked', 0, { detail: { status: 'suspended' } });
  const decided = (status: string) => entry('decided', 1, { detail: { status } });
  const since = [entry('broken', 2), entry('relinked', 3), first];
  const told = (life: JournalEntry) => mergedAnew({ rows: rows([matched, life, ...since]) });
  expect(told(decided('suspended'))).toEqual([]);
  expect(told(decided('pending'))).toHaveLength(1);
  expect(told(entry('updated', 1))).toHaveLength(1);
});

it('R14 who was told apart is no pair, unless they were joined since', () => {
  const both = operators({ operation: apart }, { operation: relink });
  const alone = { ...link, ids: { teamwork: '1', desk: null } };
  const told = { link: alone, operation: apart };
  expect(joinedApart({ rows: rows([]), operators: both })).toEqual([]);
  expect(joinedApart({ rows: rows([]), operators: operators(told) })).toHaveLength(1);
});

describe('R22 a restore makes one record', () => {
  const after = { side: 'desk', kind: 'customer', id: '2', fields: {} };
  const made = {
    at: ms(1),
    actor: 'engine',
    what: 'create',
    before: null,
    after,
    sent: { email: 'a@b.test' },
  };
  const kept = { ...made, after: { ...after, fields: made.sent } };
  const deleted = { ...kept, at: ms(2), actor: 'user', what: 'delete', before: kept.after };
  const restored = entry('restored', 1, { side: 'desk', detail: { gone: '3' } });
  const truth = (changes: readonly object[], ...told: readonly JournalEntry[]) =>
    ({ rows: rows([restored, ...told]), products: { changes }, calls: [], marks: new Set() }) as never;

  it('at most', () => {
    expect(restoredTwice(truth([kept, kept]))).toEqual([]);
    expect(restoredTwice(truth([kept, kept, kept]))).toHaveLength(1);
  });

  it('and none that was made for another, its answer lost and deleted before it was looked for', () => {
    const created = entry('created', 2, { side: 'desk', detail: { id: '2' } });
    expect(restoredTwice(truth([kept, kept, kept, deleted]))).toEqual([]);
    expect(restoredTwice(truth([kept, kept, kept, deleted], created))).toHaveLength(1);
  });

  it('R17 and the one into whom users merged its customer, made for another, is not of them', () => {
    const survivor = { ...kept, after: { ...kept.after, id: '3' } };
    const madeFor = (number: number) =>
      entry('created', 0, { link: number, side: 'desk', detail: { id: '3' } });
    const merged = entry('merged', 0, { side: 'desk', detail: { from: '4', to: '3' } });
    const links = new Map(
      [link, { ...link, number: 8, ids: none }].map((one) => [one.number, { link: one }]),
    );
    const truth = (...told: readonly JournalEntry[]) =>
      ({
        rows: { journal: [...told, restored], links },
        products: { changes: [survivor, kept, kept] },
        ...{ calls: [], marks: new Set() },
      }) as never;
    expect(restoredTwice(truth(madeFor(8), merged))).toEqual([]);
    expect(restoredTwice(truth(madeFor(7), merged))).toHaveLength(1);
    expect(restoredTwice(truth(madeFor(8)))).toHaveLength(1);
    expect(restoredTwice(truth(merged))).toHaveLength(1);
  });
});

it('R7 a contact is made for whom somebody asked', () => {
  const after = { side: 'teamwork', kind: 'customer', id: '1', fields: {} };
  const made = { at: ms(5), actor: 'engine', what: 'create', after, before: null, sent: {} };
  const truth = (automatic: boolean, ...acts: readonly Asked[]) => ({
    rows: rows([entry('created', 5, { side: 'teamwork', detail: { id: '1' } })]),
    products: { changes: [made] },
    policies: [{ at: 0, policy: 'latest', automatic }],
    operators: operators(...acts),
    marks: new Set(),
    calls: [],
  });
  expect(broughtUnasked(truth(true) as never)).toEqual([]);
  expect(broughtUnasked(truth(false, { operation: { verb: 'ask' } }) as never)).toEqual([]);
  expect(broughtUnasked(truth(false) as never)).toHaveLength(1);
});

it('R5 R7 R22 who was asked for with a Desk company is not who stands in the one that took its place', () => {
  const company = { ...link, kind: 'company', ids: { teamwork: '11', desk: '12' } } as const;
  const person = { ...link, number: 8 };
  const [client, customer] = [
    { side: 'teamwork', kind: 'customer', id: '1', fields: {} },
    { side: 'desk', kind: 'customer', id: '2', fields: { company: '12' } },
  ];
  const made = { actor: 'engine', what: 'create', before: null, sent: {} };
  const truth = (...journal: readonly JournalEntry[]) => ({
    rows: { journal, links: new Map([company, person].map((one) => [one.number, { link: one }])) },
    products: {
      changes: [
        { ...made, at: ms(9), after: client },
        { ...made, at: ms(1), after: customer },
      ],
    },
    policies: [],
    operators: operators({ id: 'x', operation: { verb: 'ask' }, link: company }),
    marks: new Set(),
    calls: [],
  });
  const created = entry('created', 9, { link: 8, side: 'teamwork', detail: { id: '1' } });
  const restored = (second: number) => entry('restored', second, { side: 'desk', detail: { gone: '10' } });
  expect(broughtUnasked(truth(created) as never)).toEqual([]);
  expect(broughtUnasked(truth(created, restored(10)) as never)).toEqual([]);
  expect(broughtUnasked(truth(restored(5), created) as never)).toHaveLength(1);
});

it('R5 R7 who is in a company that was made together with its client', () => {
  const company = { ...link, kind: 'company', ids: { teamwork: '11', desk: '12' } } as const;
  const person = { ...link, number: 8 };
  const change = (second: number, actor: string, side: string, kind: string, id: string, fields: object) => ({
    ...{ at: ms(second), actor, what: 'create', before: null, sent: {} },
    after: { side, kind, id, fields },
  });
  const truth = (client: object, second: number) => ({
    rows: {
      journal: [entry('created', 50, { link: 8, side: 'teamwork', detail: { id: '1' } })],
      links: new Map([company, person].map((one) => [one.number, { link: one }])),
    },
    products: {
      changes: [
        change(1, 'user', 'desk', 'company', '12', { name: 'Ace' }),
        change(second, 'user', 'teamwork', 'company', '11', client),
        change(2, 'user', 'desk', 'customer', '2', { company: '12' }),
        change(50, 'engine', 'teamwork', 'customer', '1', {}),
      ],
    },
    policies: [],
    operators: operators(),
    marks: new Set(),
    calls: [],
  });
  expect(broughtUnasked(truth({ name: 'Ace' }, 3) as never)).toEqual([]);
  expect(broughtUnasked(truth({ name: 'Ace', website: 'https://ace.test' }, 3) as never)).toHaveLength(1);
  expect(broughtUnasked(truth({ name: 'Ace' }, 30) as never)).toHaveLength(1);
});

it('R11 what was chosen stands', () => {
  const seen = (lastName: string) => ({ fields: { lastName }, readAt: at(0) });
  const records = { teamwork: seen('Tee'), desk: seen('Dee') };
  const choice = { operation: { verb: 'choose', field: 'lastName', side: 'desk' } as const, records };
  const truth = (now: string) => ({
    rows: rows([]),
    operators: operators(choice),
    products: { get: () => ({ fields: { lastName: now } }), changes: [] } as never,
  });
  expect(unlikeChosen(truth('Dee'))).toEqual([]);
  expect(unlikeChosen(truth('Tee'))).toHaveLength(1);
});

it('R26 an answer is to the set that was seen', () => {
  const seen = new Map([[1, 'a']]);
  const act = (was: ReadonlyMap<number, string>) =>
    ({ holdActs: [{ at: 0, hold: 3, verdict: 'approve', seen, was, answer: { done: {} } }] }) as never;
  expect(answeredUnseen({ operators: act(new Map(seen)) })).toEqual([]);
  expect(answeredUnseen({ operators: act(new Map([[1, 'b']])) })).toHaveLength(1);
  expect(answeredUnseen({ operators: act(new Map([...seen, [2, 'a']])) })).toHaveLength(1);
});

it('R26 what was rejected does not happen', () => {
  const [rejected, broken] = [entry('rejected', 500), entry('broken', 600)];
  const products = { changes: [] } as never;
  expect(passedRejected({ rows: rows([rejected, entry('approved', 550), broken]), products })).toEqual([]);
  expect(passedRejected({ rows: rows([rejected, broken]), products })).toHaveLength(1);
});
