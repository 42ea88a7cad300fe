import { planLink } from '../../src/domain/planner';
import type { LinkView } from '../../src/domain/plan';
import { aParent, aPerson, facing, linked, lone } from '../support/views';

const inLinkedCompany: Pick<LinkView, 'parents'> = {
  parents: { teamwork: aParent('teamwork', '7'), desk: null },
};
const inDesk = (link: Parameters<typeof aParent>[2] = {}): Pick<LinkView, 'parents'> => ({
  parents: { teamwork: null, desk: aParent('desk', '7', link) },
});
const brief = (view: LinkView) => {
  const { status, reason, steps } = planLink(view);
  return { status, reason, steps: steps.map(({ side, action }) => `${action} ${side}`) };
};

describe('a person of Teamwork.com without a counterpart', () => {
  test('R3: is created in Desk, in the company that is linked', () => {
    const [step] = planLink(lone(aPerson('teamwork', '1'), inLinkedCompany)).steps;
    expect(step).toMatchObject({
      side: 'desk',
      action: 'create',
      values: { firstName: 'Ada', lastName: 'Byron', email: 'ada@acme.test', company: '700' },
      sourceBase: { company: '7' },
    });
  });

  test.each([
    ['missing_first_name', { firstName: '' }],
    ['missing_last_name', { lastName: ' ' }],
    ['missing_email', { email: '' }],
    ['malformed_email', { email: 'ada at acme' }],
  ])('R9: %s', (reason, fields) => {
    expect(brief(lone(aPerson('teamwork', '1', fields), inLinkedCompany))).toEqual({
      status: 'excluded',
      reason,
      steps: [],
    });
  });

  test.each([
    ['company_not_yet_linked', { phase: 'lone', status: 'pending' }],
    ['company_failing', { phase: 'lone', status: 'failing' }],
  ] as const)('R16: waits: %s', (reason, link) => {
    const parents = { teamwork: aParent('teamwork', '7', link), desk: null };
    expect(brief(lone(aPerson('teamwork', '1'), { parents }))).toEqual({
      status: 'waiting',
      reason,
      steps: [],
    });
  });

  test.each([
    ['owner_company_person', { scope: 'staff' }],
    ['service_account', { scope: 'service' }],
  ] as const)('R1: %s is excluded', (reason, more) => {
    expect(brief(lone(aPerson('teamwork', '1', {}, more), inLinkedCompany))).toMatchObject({
      status: 'excluded',
      reason,
    });
  });

  test('R8: an alternative email of another person is not sent, and the field says so', () => {
    const view = lone(aPerson('teamwork', '1', { alternativeEmails: ['bob@acme.test', 'ada@home.test'] }), {
      ...inLinkedCompany,
      emailsOfOthers: ['bob@acme.test'],
    });
    const plan = planLink(view);
    expect(plan.steps[0]?.values.alternativeEmails).toEqual(['ada@home.test']);
    expect(plan.notes).toEqual([{ field: 'alternativeEmails', reason: 'email_of_another_person' }]);
  });
});

describe('a customer of Desk without a counterpart', () => {
  test('R6: without a company, excluded', () => {
    expect(brief(lone(aPerson('desk', '2', { company: '' })))).toMatchObject({
      status: 'excluded',
      reason: 'no_company',
    });
  });

  test('R6: without a company but with a linked client’s email, linked and put into that company', () => {
    const view = facing(aPerson('desk', '2', { company: '' }), [aPerson('teamwork', '1')], inLinkedCompany);
    const plan = planLink(view);
    expect(plan).toMatchObject({ situation: 'found', pairWith: '1' });
    expect(plan.steps).toMatchObject([{ side: 'desk', action: 'update', values: { company: '700' } }]);
  });

  test('R6: in a company that stands alone, excluded', () => {
    expect(brief(lone(aPerson('desk', '2'), inDesk({ phase: 'lone' })))).toMatchObject({
      reason: 'company_not_linked',
    });
  });

  test('R7: new, with the setting off', () => {
    const view = lone(aPerson('desk', '2', {}, { createdAt: '2026-02-01T00:00:00Z' }), inDesk());
    expect(brief(view)).toMatchObject({ status: 'excluded', reason: 'automatic_creation_off' });
  });

  test('R7: new, with the setting on, becomes a contact', () => {
    const view = lone(aPerson('desk', '2', {}, { createdAt: '2026-02-01T00:00:00Z' }), inDesk());
    const on = { ...view, policy: { ...view.policy, automaticallyCreateContacts: true } };
    expect(brief(on).steps).toEqual(['create teamwork']);
  });

  test('R7: turned on later, the setting acts on those who come from then on', () => {
    const view = lone(aPerson('desk', '2', {}, { createdAt: '2026-02-01T00:00:00Z' }), inDesk());
    const since = (automaticSince: string) =>
      brief({ ...view, policy: { ...view.policy, automaticallyCreateContacts: true, automaticSince } });
    expect(since('2026-01-31T00:00:00Z').steps).toEqual(['create teamwork']);
    expect(since('2026-02-02T00:00:00Z')).toMatchObject({
      status: 'excluded',
      reason: 'automatic_creation_off',
    });
  });

  test('R22: a restored link makes its counterpart again, whatever the setting', () => {
    const view = lone(aPerson('desk', '2'), inDesk());
    expect(brief({ ...view, link: { ...view.link, incarnation: 2 } }).steps).toEqual(['create teamwork']);
  });

  test('R7: there before the link, excluded whatever the setting', () => {
    const view = lone(aPerson('desk', '2'), inDesk());
    const on = { ...view, policy: { ...view.policy, automaticallyCreateContacts: true } };
    expect(brief(on)).toMatchObject({ status: 'excluded', reason: 'earlier_customer' });
  });

  test('R5: there when its company was asked for, becomes a contact', () => {
    expect(brief(lone(aPerson('desk', '2'), inDesk({ asked: 'yes' }))).steps).toEqual(['create teamwork']);
  });

  test('R1: with the email of one of the owner company’s people, excluded', () => {
    const view = lone(aPerson('desk', '2'), { ...inDesk(), staffHasEmail: true });
    expect(brief(view)).toMatchObject({ status: 'excluded', reason: 'owner_company_person' });
  });
});

describe('a linked person', () => {
  const both = {
    parents: {
      teamwork: aParent('teamwork', '7'),
      desk: aParent('desk', '700', { ids: { teamwork: '7', desk: '700' } }),
    },
  };
  const desk = (fields = {}) => aPerson('desk', '2', { company: '700', ...fields });

  test('agrees: nothing', () => {
    expect(brief(linked(aPerson('teamwork', '1'), desk(), both))).toEqual({
      status: 'in_sync',
      reason: 'agreed',
      steps: [],
    });
  });

  test('R25: whose Desk company is taken away is suspended', () => {
    const view = linked(aPerson('teamwork', '1'), desk(), both);
    const without = {
      ...view,
      records: { ...view.records, desk: desk({ company: '' }) },
      parents: { ...both.parents, desk: null },
    };
    expect(brief(without)).toEqual({ status: 'suspended', reason: 'no_company', steps: [] });
  });

  test('R25: whose company’s link is broken is suspended', () => {
    const parents = { ...both.parents, desk: aParent('desk', '700', { phase: 'broken' }) };
    expect(brief(linked(aPerson('teamwork', '1'), desk(), { parents }))).toMatchObject({
      status: 'suspended',
      reason: 'company_broken',
    });
  });

  test('R1: who joins the owner company is suspended', () => {
    const view = linked(aPerson('teamwork', '1', {}, { scope: 'staff' }), desk(), both);
    expect(brief(view)).toMatchObject({ status: 'suspended', reason: 'owner_company_person' });
  });

  test('R1: who takes the email of somebody of the owner company is suspended, and nothing is written', () => {
    const view = linked(aPerson('teamwork', '1'), desk({ email: 'staff@owner.test' }), both);
    expect(brief({ ...view, staffHasEmail: true })).toEqual({
      status: 'suspended',
      reason: 'owner_company_person',
      steps: [],
    });
  });

  test('R10: who moves between linked companies moves on the other side', () => {
    const view = linked(aPerson('teamwork', '1'), desk(), both);
    const moved = {
      ...view,
      records: { ...view.records, teamwork: aPerson('teamwork', '1', { company: '8' }) },
      parents: { ...both.parents, teamwork: aParent('teamwork', '8', { number: 80 }) },
    };
    expect(planLink(moved).steps).toMatchObject([{ side: 'desk', values: { company: '800' } }]);
  });

  test('R27: the email of one who signs in is not changed from Desk, the name is', () => {
    const view = linked(aPerson('teamwork', '1', {}, { signsIn: true }), desk(), both);
    const edited = {
      ...view,
      records: { ...view.records, desk: desk({ email: 'new@acme.test', lastName: 'Lovelace' }) },
    };
    const plan = planLink(edited);
    expect(plan.steps).toMatchObject([{ side: 'teamwork', values: { lastName: 'Lovelace' } }]);
    expect(plan.notes).toEqual([{ field: 'email', reason: 'login_email_protected' }]);
  });

  test('R21 R25: deleted together with its company, the company’s link is the cause', () => {
    const company = { ...aParent('teamwork', '7', { phase: 'broken' }), presence: 'gone' as const };
    const parents = { ...both.parents, teamwork: company };
    const view = linked(aPerson('teamwork', '1', {}, { presence: 'gone' }), desk(), { parents });
    expect(planLink(view).breakAs).toEqual({
      reason: 'deleted_in_teamwork',
      side: 'teamwork',
      causeLink: 70,
    });
  });
});
