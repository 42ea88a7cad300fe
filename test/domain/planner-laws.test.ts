import fc from 'fast-check';
import type { LinkView, Plan, RecordView } from '../../src/domain/plan';
import { planLink } from '../../src/domain/planner';
import { judgeReadBack } from '../../src/domain/readback';
import { fieldsOf, otherSide, sides, type Fields, type Side } from '../../src/domain/record';
import { aParent, aPerson, linked, lone } from '../support/views';
import { seeded } from './values';

const runs = seeded(300);

const email = fc.constantFrom('ada@acme.test', 'Ada@Acme.test', 'ada@home.test', 'bob@acme.test');
const fields: fc.Arbitrary<Fields> = fc.record({
  firstName: fc.constantFrom('Ada', 'ada', 'Augusta'),
  lastName: fc.constantFrom('Byron', 'Lovelace', ''),
  email,
  alternativeEmails: fc.uniqueArray(fc.constantFrom('a@x.test', 'b@x.test', 'c@x.test', 'd@x.test'), {
    maxLength: 4,
  }),
  twitter: fc.constantFrom('', 'ada', 'countess'),
});
const base = fc.option(fields, { nil: {} });
const time = fc.constantFrom('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z');

/** A linked person, edited or not on either side since both last agreed. */
const pair: fc.Arbitrary<LinkView> = fc
  .record({
    teamwork: fields,
    desk: fields,
    agreed: base,
    signsIn: fc.boolean(),
    conflict: fc.constantFrom('latest' as const, 'teamwork' as const, 'desk' as const),
    at: fc.record({ teamwork: time, desk: time }),
  })
  .map(({ teamwork, desk, agreed, signsIn, conflict, at }) => {
    const changed = (side: Side) => ({
      changedAt: Object.fromEntries(fieldsOf.customer.map((field) => [field, at[side]])),
    });
    const view = linked(
      aPerson('teamwork', '1', teamwork, { signsIn, ...changed('teamwork') }),
      aPerson('desk', '2', { ...desk, company: '700' }, changed('desk')),
      {
        parents: {
          teamwork: aParent('teamwork', '7'),
          desk: aParent('desk', '700', { ids: { teamwork: '7', desk: '700' } }),
        },
      },
    );
    const bases = { teamwork: { ...agreed, company: '7' }, desk: { ...agreed, company: '700' } };
    return { ...view, link: { ...view.link, bases }, policy: { ...view.policy, conflict } };
  });

/** The world after the plan was carried out by vendors that take every value as sent. */
function carriedOut(view: LinkView, plan: Plan): LinkView {
  let { bases } = view.link;
  bases = {
    teamwork: { ...bases.teamwork, ...plan.agreed.teamwork },
    desk: { ...bases.desk, ...plan.agreed.desk },
  };
  const records: Record<Side, RecordView | null> = { ...view.records };
  for (const { side, values, sourceBase } of plan.steps) {
    const record = records[side];
    if (record === null) throw new Error('A step of a pair has a record to write to.');
    const after = { ...record.fields, ...values };
    const { base: written } = judgeReadBack({
      ...{ kind: 'customer', sent: values, base: bases[side], before: record.fields, after },
      ...{ fromWriteAnswer: true, changedByUs: true },
    });
    records[side] = { ...record, fields: after };
    const source = otherSide(side);
    bases = {
      ...bases,
      [side]: { ...bases[side], ...written },
      [source]: { ...bases[source], ...sourceBase },
    };
  }
  return { ...view, records, link: { ...view.link, bases } };
}

test('planning is deterministic', () => {
  fc.assert(
    fc.property(pair, (view) => expect(planLink(structuredClone(view))).toEqual(planLink(view))),
    runs,
  );
});

test('R3 R10: applying a plan reaches agreement, and planning again gives nothing', () => {
  fc.assert(
    fc.property(pair, (view) => {
      const again = planLink(carriedOut(view, planLink(view)));
      expect(again.steps).toEqual([]);
      expect(again.status).toBe('in_sync');
    }),
    runs,
  );
});

test('R8: an unread field is neither written nor given a base', () => {
  fc.assert(
    fc.property(
      pair,
      fc.constantFrom(...sides),
      fc.constantFrom(...fieldsOf.customer),
      (view, side, field) => {
        const record = view.records[side];
        if (record === null || field === 'company') return;
        const { [field]: _, ...read } = record.fields;
        const plan = planLink({ ...view, records: { ...view.records, [side]: { ...record, fields: read } } });
        expect(plan.steps.filter(({ values }) => values[field] !== undefined)).toEqual([]);
        expect(sides.filter((of) => plan.agreed[of][field] !== undefined)).toEqual([]);
      },
    ),
    runs,
  );
});

test('R10: an edit of one field writes no other', () => {
  fc.assert(
    fc.property(fields, fc.constantFrom('firstName' as const, 'twitter' as const), (agreed, field) => {
      const parents = {
        teamwork: aParent('teamwork', '7'),
        desk: aParent('desk', '700', { ids: { teamwork: '7', desk: '700' } }),
      };
      const view = linked(
        aPerson('teamwork', '1', agreed),
        aPerson('desk', '2', { ...agreed, company: '700' }),
        { parents },
      );
      const edited = {
        ...view,
        records: { ...view.records, teamwork: aPerson('teamwork', '1', { ...agreed, [field]: 'edited' }) },
      };
      expect(planLink(edited).steps.map(({ side, values }) => [side, values])).toEqual([
        ['desk', { [field]: 'edited' }],
      ]);
    }),
    runs,
  );
});

test('R18–R21: a deletion wins over every edit, whatever the policy, and writes nothing', () => {
  fc.assert(
    fc.property(pair, fc.constantFrom(...sides), (view, side) => {
      const record = view.records[side];
      if (record === null) return;
      const plan = planLink({
        ...view,
        records: { ...view.records, [side]: { ...record, presence: 'gone' } },
      });
      expect(plan.steps).toEqual([]);
      expect(plan.breakAs).toMatchObject({ side });
    }),
    runs,
  );
});

test('R3: a person created from any complete record is agreed at once', () => {
  const complete = fields.filter(({ lastName }) => lastName !== '');
  fc.assert(
    fc.property(complete, (own) => {
      const parents = {
        teamwork: aParent('teamwork', '7'),
        desk: aParent('desk', '700', { ids: { teamwork: '7', desk: '700' } }),
      };
      const source = aPerson('teamwork', '1', own);
      const plan = planLink(lone(source, { parents: { teamwork: parents.teamwork, desk: null } }));
      const [step] = plan.steps;
      if (step === undefined) throw new Error('A complete person of a linked company is created.');
      const made = aPerson('desk', '2', { twitter: '', alternativeEmails: [], ...step.values });
      const view = linked(source, made, { parents });
      const bases = { teamwork: step.sourceBase, desk: step.values };
      expect(planLink({ ...view, link: { ...view.link, bases } })).toMatchObject({
        status: 'in_sync',
        steps: [],
      });
    }),
    runs,
  );
});
