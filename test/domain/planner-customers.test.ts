import { planLink } from '../../src/domain/planner';
import type { LinkView } from '../../src/domain/plan';
import { aParent, aPerson, facing, lone } from '../support/views';

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

  test('R8: is created with the picture it has', () => {
    const view = lone(aPerson('teamwork', '1', { avatar: 'https://files/ada.png' }), inLinkedCompany);
    expect(planLink(view).steps).toMatchObject([{ values: { avatar: 'https://files/ada.png' } }]);
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
    ['missing_first_name', 'firstName'],
    ['missing_last_name', 'lastName'],
    ['missing_email', 'email'],
  ] as const)('R8 R9: %s also where the field was never read', (reason, unread) => {
    const person = aPerson('teamwork', '1');
    const fields = Object.fromEntries(Object.entries(person.fields).filter(([field]) => field !== unread));
    expect(brief(lone({ ...person, fields }, inLinkedCompany)).reason).toBe(reason);
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

  test('R6: joins the person who has the email, not another of the group, and none whose company is not linked', () => {
    const other = aPerson('teamwork', '3', { email: 'bob@acme.test' });
    const view = facing(
      aPerson('desk', '2', { company: '' }),
      [other, aPerson('teamwork', '1')],
      inLinkedCompany,
    );
    const linkedTo = (id: string) => ({
      ...view.group,
      teamwork: view.group.teamwork.map((one) => (one.id === id ? one : { ...one, companyLink: null })),
    });
    expect(planLink({ ...view, group: linkedTo('1') }).pairWith).toBe('1');
    expect(planLink({ ...view, group: linkedTo('3') })).toMatchObject({
      reason: 'no_company',
      pairWith: null,
    });
  });

  test('R6: without a company, with an email of somebody whom another link holds, joins nobody', () => {
    const view = facing(aPerson('desk', '2', { company: '' }), [aPerson('teamwork', '1')], inLinkedCompany);
    const teamwork = view.group.teamwork.map((one) => ({ ...one, heldBy: 3 }));
    expect(brief({ ...view, group: { ...view.group, teamwork } })).toEqual({
      status: 'excluded',
      reason: 'no_company',
      steps: [],
    });
  });

  test('R7: one whose contact another link holds is excluded by the setting; with it on, it names the holder', () => {
    const made = aPerson('desk', '2', {}, { createdAt: '2026-02-01T00:00:00Z' });
    const view = facing(made, [aPerson('teamwork', '1')], inDesk());
    const teamwork = view.group.teamwork.map((one) => ({ ...one, heldBy: 3 }));
    const taken = { ...view, group: { ...view.group, teamwork } };
    expect(brief(taken)).toMatchObject({ status: 'excluded', reason: 'automatic_creation_off' });
    const on = { ...taken, policy: { ...view.policy, automaticallyCreateContacts: true } };
    expect(brief(on)).toMatchObject({ status: 'failing', reason: 'taken' });
    const match = facing(made, [aPerson('teamwork', '1')], inDesk());
    expect(planLink(match).pairWith).toBe('1');
  });

  test('R7: asked for by name, becomes a contact whatever the setting', () => {
    const view = lone(aPerson('desk', '2'), inDesk());
    const link = { ...view.link, asked: 'yes' as const };
    expect(brief({ ...view, link }).steps).toEqual(['create teamwork']);
  });

  test.each([
    ['came when its link became active', '2026-01-15T00:00:00Z', {}, 'changes_to_write'],
    ['came nobody knows when', null, {}, 'earlier_customer'],
    [
      'came nobody knows when to a company linked since ever',
      null,
      { activeSince: null },
      'changes_to_write',
    ],
    [
      'came to a company linked since ever',
      '2026-01-01T00:00:00Z',
      { activeSince: null },
      'changes_to_write',
    ],
  ] as const)('R7: of a linked company, who %s', (_, createdAt, link, reason) => {
    const view = lone(aPerson('desk', '2', {}, { createdAt }), inDesk(link));
    const on = { ...view, policy: { ...view.policy, automaticallyCreateContacts: true } };
    expect(brief(on).reason).toBe(reason);
  });

  test.each([
    ['in the moment it was turned on', '2026-02-02T00:00:00Z', 'changes_to_write'],
    ['nobody knows when', null, 'automatic_creation_off'],
  ])('R7: who came %s', (_, createdAt, reason) => {
    const view = lone(aPerson('desk', '2', {}, { createdAt }), inDesk({ activeSince: null }));
    const policy = {
      ...view.policy,
      ...{ automaticallyCreateContacts: true, automaticSince: '2026-02-02T00:00:00Z' },
    };
    expect(brief({ ...view, policy }).reason).toBe(reason);
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
    expect(planLink(on).steps).toMatchObject([
      {
        ...{ side: 'teamwork', action: 'create' },
        values: { firstName: 'Ada', lastName: 'Byron', email: 'ada@acme.test', company: '700' },
      },
    ]);
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
