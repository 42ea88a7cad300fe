/** The oracle's own checks can fail: each is shown a truth made by hand that breaks its invariant, and one that does not. */
import type { JournalEntry } from '../../src/ports/reads';
import type { Link } from '../../src/domain/link';
import type { Fields, Side } from '../../src/domain/record';
import { aRecord } from '../support/views';
import { marksToReach, notSimulated } from './marks';
import { forms } from './oracle/forms';
import { tooManyBreaks } from './oracle/mass-change';
import { oneWriter } from './oracle/one-writer';
import { orderFree } from './oracle/order-free';
import { resolver } from './oracle/resolver';
import { isTelling } from './oracle/secrets';
import type { Change, Row } from './products/rows';
import type { CallLog } from './products/calls';

const at = (second: number) => new Date(Date.parse('2026-03-02T10:00:00Z') + second * 1_000).toISOString();

function entry(event: string, link: number, second: number, more: Partial<JournalEntry> = {}): JournalEntry {
  return { at: at(second), link, event, side: null, run: null, workflow: null, detail: {}, ...more };
}

function rowOf(side: Side, id: string, fields: Fields, second = 0): Row {
  const times = { createdAt: at(0), updatedAt: at(second), createdBy: '5', updatedBy: '5' };
  return { ...aRecord(side, 'customer', id, fields), ...times };
}

function pair(bases: Readonly<Record<Side, Fields>>): Link {
  return {
    number: 7,
    kind: 'customer',
    phase: 'active',
    ids: { teamwork: '1', desk: '2' },
    bases,
    status: 'in_sync',
    reason: 'agreed',
    notes: [],
    asked: null,
    choices: {},
    paused: false,
    activeSince: at(0),
    tombstone: null,
    mergedInto: null,
    incarnation: 1,
    version: 1,
  };
}

function edited(row: Row, second: number): Change {
  return {
    at: Date.parse(at(second)),
    actor: 'user',
    what: 'update',
    before: { ...row, fields: {} },
    after: row,
    sent: row.fields,
    ignored: [],
  };
}

const rowsWith = (link: Link, journal: readonly JournalEntry[] = []) =>
  ({ links: new Map([[link.number, { link, run: null, action: null }]]), journal }) as never;

describe('I9 R26: what breaks within a day', () => {
  const links = [1, 2, 3, 4, 5, 6];
  const linked = links.map((link) => entry('linked', link, 0));
  const broken = (count: number, more: Partial<JournalEntry> = {}) =>
    links.slice(0, count).map((link) => entry('broken', link, link, more));

  it('half of the links may', () => {
    expect(tooManyBreaks([...linked, ...broken(3)], () => 'customer')).toEqual([]);
  });

  it('more than half may not', () => {
    expect(tooManyBreaks([...linked, ...broken(4)], () => 'customer')).toHaveLength(1);
  });

  it('those that went with their company are part of its break', () => {
    const taken = broken(6, { detail: { causeLink: 9 } });
    expect(tooManyBreaks([...linked, ...taken], () => 'customer')).toEqual([]);
  });

  it('those that an operator let pass are not counted', () => {
    const approved = [entry('approved', 1, 0), entry('approved', 2, 0)];
    expect(tooManyBreaks([...linked, ...approved, ...broken(4)], () => 'customer')).toEqual([]);
  });
});

describe('I16 R11: who wins', () => {
  const [teamwork, desk] = [
    rowOf('teamwork', '1', { lastName: 'A' }, 10),
    rowOf('desk', '2', { lastName: 'B' }, 20),
  ];
  const truth = (loser: Side, policy: 'latest' | 'teamwork' | 'desk', rule = 'policy') => {
    const detail = { field: 'lastName', value: loser === 'desk' ? 'B' : 'A', rule };
    const journal = [entry('conflict', 7, 30, { side: loser, detail })];
    const products = { changes: [edited(teamwork, 10), edited(desk, 20)] } as never;
    const link = pair({ teamwork: {}, desk: {} });
    const operators = { acts: [], holdActs: [], inclusions: [] } as never;
    const policies = [{ at: 0, policy, automatic: false }];
    return { rows: rowsWith(link, journal), products, policies, operators };
  };

  it.each(['latest', 'desk'] as const)('by the policy %s the later one in Desk stands', (policy) => {
    expect(resolver(truth('teamwork', policy))).toEqual([]);
    expect(resolver(truth('desk', policy))).toHaveLength(1);
  });

  it('by the policy teamwork it does not', () => {
    expect(resolver(truth('desk', 'teamwork'))).toEqual([]);
    expect(resolver(truth('teamwork', 'teamwork'))).toHaveLength(1);
  });

  it('R5 at a first match Desk’s stands where somebody had asked for it by then', () => {
    const asked = (second: number) => {
      const ask = { at: Date.parse(at(second)), operation: { verb: 'ask' }, result: { done: true, link: 7 } };
      const operators = { acts: [ask], holdActs: [], inclusions: [] } as never;
      return resolver({ ...truth('teamwork', 'teamwork', 'first_match'), operators });
    };
    expect(asked(20)).toEqual([]);
    expect(asked(40)).toHaveLength(1);
  });

  it('to a choice nothing loses that no operator made', () => {
    expect(resolver(truth('desk', 'teamwork', 'choice'))).toHaveLength(1);
  });
});

describe('I18: one writer', () => {
  const call = (from: number, until: number): CallLog => ({
    at: from,
    until,
    side: 'desk',
    what: 'write',
    identity: null,
    isCreate: false,
    record: 'desk customer 2',
    by: null,
    tookEffect: true,
    isLost: false,
    isAnswered: true,
  });

  it('a write begins after the one before has ended', () => {
    expect(oneWriter({ calls: [call(0, 10), call(10, 20)], interrupted: [] })).toEqual([]);
    expect(oneWriter({ calls: [call(0, 10), call(9, 20)], interrupted: [] })).toHaveLength(1);
  });

  it('nobody gives up what another is at', () => {
    expect(oneWriter({ calls: [], interrupted: [7] })).toHaveLength(1);
  });
});

describe('I21 R13: forms', () => {
  const truth = (base: Fields) => {
    const row = rowOf('desk', '2', { lastName: 'Byron', alternativeEmails: [] });
    const products = {
      get: (side: Side) => (side === 'desk' ? row : rowOf('teamwork', '1', row.fields)),
    } as never;
    return { rows: rowsWith(pair({ teamwork: {}, desk: base })), products };
  };

  it('what a side has is its base', () => {
    expect(forms(truth({ lastName: 'Byron ' }))).toEqual([]);
    expect(forms(truth({ lastName: 'Lovelace' }))).toHaveLength(1);
  });
});

it('I11: another end told another way is one too many', () => {
  expect(orderFree(['a\nb', 'a\nb'])).toEqual([]);
  expect(orderFree(['a\nb', 'a\nc'])).toHaveLength(1);
});

it.each(['{"fields":["email"]}', '{"link":7,"reason":"agreed"}'])('I24: %s tells nothing', (payload) => {
  expect(isTelling(payload)).toBe(false);
});

it.each(['ann1@box1.test', 'canary-token-1', '{"value":"Firm 3"}', 'https://site1.test'])(
  'I24: %s does not leave the store',
  (payload) => {
    expect(isTelling(payload)).toBe(true);
  },
);

it('every anomaly is reached or has its reason not to be', () => {
  const numbers = Array.from({ length: 64 }, (_, index) => `A${String(index + 1).padStart(2, '0')}`);
  const told = [...marksToReach.filter((mark) => mark.startsWith('A')), ...Object.keys(notSimulated)];
  expect(told.sort()).toEqual(numbers);
});
