/** What every lone record's plan is made of, at its edges: what is asked for is not always at hand. */
import type { Answer, MatchRecord } from '../../src/domain/match';
import type { RecordView } from '../../src/domain/plan';
import { planAsPair } from '../../src/domain/plan-as-pair';
import { askedOf, isHeldApart, matchOf, missingMatch } from '../../src/domain/plan-lone';
import { planLink } from '../../src/domain/planner';
import type { Side } from '../../src/domain/record';
import { aCompany, facing, lone } from '../support/views';

const client = aCompany('teamwork', '7');
const nobody = { teamwork: [], desk: [], answers: [] };

test('R31 a plan in which nothing happens says so in each of its parts', () => {
  const view = lone(client);
  expect(planLink({ ...view, link: { ...view.link, paused: true } })).toEqual({
    ...{ situation: 'agreed', status: 'paused', reason: 'paused_by_operator' },
    because: [{ reason: 'paused_by_operator', kind: 'company', link: 1, side: null, id: null }],
    ...{ steps: [], agreed: { teamwork: {}, desk: {} }, notes: [], losers: [] },
    ...{ pairWith: null, askedByBox: false, breakAs: null, moveTo: null, companyFirst: null },
    ...{ candidates: [], readAgain: [] },
  });
});

test('R14 a record of which no group is at hand matches nobody', () => {
  expect(matchOf(lone(client, { group: nobody }), client)).toEqual({ verdict: 'none' });
});

test('R23 the match that is to be read directly is the one that a listing lacks', () => {
  const missing = { ...aCompany('desk', '9'), presence: 'missing' as const };
  expect(missingMatch(facing(client, [missing]))).toMatchObject({ id: '9' });
  expect(missingMatch(facing(client, [aCompany('desk', '9')]))).toBeNull();
  expect(missingMatch({ ...facing(client, [missing]), records: { teamwork: null, desk: null } })).toBeNull();
});

test('R5 of a record that is not in the group nothing was asked', () => {
  expect(askedOf(lone(client), 'desk', '9')).toBeNull();
});

test('R22 a match that is not in the group remained of no broken link', () => {
  const match = { verdict: 'one', id: '9', by: 'name' } as const;
  expect(isHeldApart(lone(client), client, match)).toBe(false);
});

test('R14 a pair without a record at hand stays as it was found', () => {
  const view = facing(client, [aCompany('desk', '9')]);
  const found = planLink({ ...view, counterparts: [] });
  expect(found).toMatchObject({ situation: 'found', pairWith: '9', agreed: { teamwork: {}, desk: {} } });
  expect(planAsPair({ ...view, records: { teamwork: null, desk: null } }, found)).toBe(found);
});

describe('R15 R22 a record that is deleted while an answer connects it with another', () => {
  const made = aCompany('desk', '9', { name: 'Renamed' });
  const answered = (verdict: 'same' | 'perhaps' | 'apart', desk = '9') => ({ teamwork: '7', desk, verdict });
  /** Client 7 with Desk's company 9, which is called otherwise. */
  const view = (
    more: Partial<RecordView>,
    answers: readonly Answer[],
    own: Side = 'teamwork',
    facts: Partial<MatchRecord> = {},
  ) => {
    const acme = { ...client, ...more };
    const faced = own === 'teamwork' ? facing(acme, [made]) : facing(made, [acme]);
    const desk = faced.group.desk.map((record) => ({ ...record, ...facts }));
    return { ...faced, group: { ...faced.group, desk, answers } };
  };
  const gone = { presence: 'gone' } as const;
  const joined = { steps: [], readAgain: ['teamwork'], breakAs: null };

  test.each(['same', 'perhaps'] as const)('gone, %s: the two are a pair, whose end comes next', (verdict) => {
    expect(planLink(view(gone, [answered(verdict)]))).toMatchObject({ ...joined, pairWith: '9' });
  });

  test('gone: what is answered of others says nothing of it', () => {
    const others = [
      { teamwork: '6', desk: '9', verdict: 'same' as const },
      { teamwork: '7', desk: '5', verdict: 'same' as const },
    ];
    expect(planLink(view(gone, others))).toMatchObject({ status: 'excluded', pairWith: null });
    const found = view(gone, [...others, answered('perhaps')]);
    const held = found.group.desk.map((record) => ({ ...record, id: '8', heldBy: 3 }));
    const group = { ...found.group, desk: [...held, ...found.group.desk] };
    expect(planLink({ ...found, group })).toMatchObject({ ...joined, pairWith: '9' });
  });

  test('missing from a listing: it is read first', () => {
    const missing = view({ presence: 'missing' }, [answered('perhaps')]);
    expect(planLink(missing)).toMatchObject({ ...joined, pairWith: null });
  });

  test.each([
    ['told apart', [answered('apart')], {}],
    ['two that may be it', [answered('perhaps'), answered('perhaps', '8')], {}],
    ['another’s by now', [answered('perhaps')], { heldBy: 3 }],
    ['out of scope', [answered('perhaps')], { outOfScope: true }],
    ['the rest of a broken link', [answered('same')], { tombstone: { link: 3, since: '', brokenAt: '' } }],
  ])('gone, %s: nothing is left to sync', (_, answers, facts) => {
    const all = view(gone, answers, 'teamwork', facts);
    const eight = all.group.desk.map((record) => ({ ...record, id: '8' }));
    const group = { ...all.group, desk: [...all.group.desk, ...eight] };
    expect(planLink({ ...all, group })).toMatchObject({
      ...{ status: 'excluded', reason: 'deleted_in_teamwork', pairWith: null, readAgain: [] },
    });
  });

  test.each([
    ['gone', gone, '7'],
    ['gone, and marked as deleted', { ...gone, deleted: true }, '7'],
    ['marked as deleted in a listing: it is read first', { deleted: true }, null],
    ['missing from a listing: it is read first', { presence: 'missing' } as const, null],
  ])('seen from the other, %s', (_, more, pairWith) => {
    expect(planLink(view(more, [answered('same')], 'desk'))).toMatchObject({ ...joined, pairWith });
  });

  test('who else is gone has no part in a pair', () => {
    const found = facing(made, [client, { ...aCompany('teamwork', '8'), ...gone }]);
    const group = { ...found.group, answers: [answered('same')] };
    expect(planLink({ ...found, group })).toMatchObject({ pairWith: '7', readAgain: [] });
  });
});
