/** The oracle's check of who wins knows a link as it was then, whatever a restore made of it since: shown truths made by hand. */
import type { Link } from '../../src/domain/link';
import type { Side } from '../../src/domain/record';
import type { JournalEntry } from '../../src/ports/reads';
import { resolver } from './oracle/resolver';
import { aTruth } from './oracle-truth';

const start = Date.parse('2026-03-02T10:00:00Z');
const ms = (second: number) => start + second * 1_000;

function entry({ number }: Pick<Link, 'number'>, event: string, second: number, more: Partial<JournalEntry>) {
  const at = new Date(ms(second)).toISOString();
  return { at, link: number, event, side: null, run: null, workflow: null, detail: {}, ...more };
}

type Truth = ReturnType<typeof aTruth>;

function judged(truth: Truth, link: Link, told: readonly JournalEntry[], asked: object = {}) {
  truth.journal.push(...told.map((one) => ({ ...one, link: link.number })));
  const policies = [{ at: start, policy: 'latest', automatic: false }];
  const operators = { acts: [], holdActs: [], inclusions: [], ...asked };
  return resolver({ ...(truth.site as object), policies, operators } as never);
}

describe('R12 R22: Desk’s value stood at a first match, and the Desk record was restored since', () => {
  const nobody = { number: 0 };
  const excluded = (reason: string) =>
    entry(nobody, 'decided', 1, { detail: { status: 'excluded', reason } });
  const linked = (second: number) => entry(nobody, 'linked', second, { detail: { status: 'pending' } });
  const conflict = entry(nobody, 'conflict', 5, {
    side: 'teamwork',
    detail: { field: 'lastName', value: 'King', against: 'Byron', rule: 'first_match' },
  });

  /** A customer with whom something was done at those seconds. */
  function matched(of: {
    readonly included?: number;
    readonly askedWith?: { readonly second: number; readonly company: 'own' | 'another' };
    readonly reason?: string;
    readonly linkedAt?: number;
    readonly restoredAt?: readonly number[];
  }) {
    const truth = aTruth();
    const { desk, link } = truth.pair(1);
    const another = truth.products.create('user', 'desk', 'company', { name: 'Other' }).id;
    const company = of.askedWith?.company === 'own' ? desk.fields.company : another;
    const ask = {
      at: ms(of.askedWith?.second ?? 0),
      operation: { verb: 'askForPeople' },
      link: { ids: { teamwork: '1', desk: company } },
      result: { done: true, link: 1, people: 1 },
    };
    const anew = truth.person('desk', 2);
    const ids = { teamwork: link.ids.teamwork, desk: anew.id };
    const now = truth.add('customer', ids, { asked: null });
    const restored = (of.restoredAt ?? [9]).map((second) =>
      entry(nobody, 'restored', second, { side: 'desk', detail: { gone: desk.id } }),
    );
    const told = [excluded(of.reason ?? 'earlier_customer'), linked(of.linkedAt ?? 5), conflict, ...restored];
    told.sort((one, other) => one.at.localeCompare(other.at));
    return judged(truth, now, told, {
      acts: of.askedWith === undefined ? [] : [ask],
      inclusions: of.included === undefined ? [] : [ms(of.included)],
    });
  }

  it.each(['earlier_customer', 'automatic_creation_off'])('R7 who was %s had been included', (reason) => {
    expect(matched({ included: 3, reason })).toEqual([]);
  });

  it('R7 who stood in a company had been asked for with everybody in it', () => {
    expect(matched({ askedWith: { second: 3, company: 'own' } })).toEqual([]);
  });

  it.each([
    ['nobody asked', {}],
    ['it was included afterwards', { included: 7 }],
    ['it was kept out for another reason', { included: 3, reason: 'missing_last_name' }],
    ['it was linked before that', { included: 3, linkedAt: 2 }],
    ['its company was asked for afterwards', { askedWith: { second: 7, company: 'own' } }],
    ['it stood in another company', { askedWith: { second: 3, company: 'another' } }],
    [
      'it was linked before its company was asked for',
      { askedWith: { second: 3, company: 'own' }, linkedAt: 2 },
    ],
    ['it had taken the place of the one included', { included: 3, restoredAt: [4, 9] }],
    [
      'it had taken the place of the one asked for',
      { askedWith: { second: 3, company: 'own' }, restoredAt: [4, 9] },
    ],
  ] as const)('and nobody made that so where %s', (_, of) => {
    expect(matched(of)).toEqual([expect.stringContaining('the lastName of teamwork lost the first match')]);
  });
});

/** Both were edited a second apart; in Teamwork.com the record has been restored as another one since, edited never. */
function restoredSince(later: Side, loser: Side) {
  const truth = aTruth();
  const { products, pass } = truth;
  const { teamwork, desk, link } = truth.pair(1);
  const rows = { teamwork, desk };
  const anew = truth.person('teamwork', 2);
  const [first, second] =
    later === 'desk' ? (['teamwork', 'desk'] as const) : (['desk', 'teamwork'] as const);
  for (const side of [first, second]) {
    pass(1_000);
    products.update('user', rows[side], { lastName: side });
  }
  const now = truth.add('customer', { teamwork: anew.id, desk: desk.id });
  const fields = { field: 'lastName', value: loser, against: loser === 'desk' ? 'teamwork' : 'desk' };
  return judged(truth, now, [
    entry(link, 'conflict', 5, { side: loser, detail: { ...fields, rule: 'policy' } }),
    entry(link, 'restored', 9, { side: 'teamwork', detail: { gone: teamwork.id } }),
  ]);
}

it('R11 R22 by the policy latest the later edit of the records of then stands', () => {
  expect(restoredSince('teamwork', 'desk')).toEqual([]);
  expect(restoredSince('desk', 'teamwork')).toEqual([]);
  for (const side of ['teamwork', 'desk'] as const) {
    expect(restoredSince(side, side)).toEqual([expect.stringContaining(`the lastName of ${side} lost at`)]);
  }
});
