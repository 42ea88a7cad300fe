import type { Link } from '../../src/domain/link';
import type { Observation } from '../../src/domain/record';
import { verify, type VerifyInput, type VerifyReport } from '../../src/domain/verify';
import { aCompany, aLink, aPerson } from '../support/views';

function aWorld(
  records: readonly Observation[],
  links: readonly Link[],
  more: Partial<VerifyInput> = {},
): VerifyInput {
  const of = (side: string, kind: string) =>
    new Map(records.filter((one) => one.side === side && one.kind === kind).map((one) => [one.id, one]));
  return {
    links,
    records: {
      teamwork: { company: of('teamwork', 'company'), customer: of('teamwork', 'customer') },
      desk: { company: of('desk', 'company'), customer: of('desk', 'customer') },
    },
    unreadable: [],
    automaticallyCreateContacts: false,
    adoptOnly: false,
    paused: { site: false, kinds: [] },
    users: { teamwork: 'engine', desk: 'engine' },
    initialSyncFinished: true,
    ...more,
  };
}

function pairOf(teamwork: Observation, desk: Observation, more: Partial<Link> = {}): Link {
  return aLink(teamwork.kind, {
    number: 1,
    phase: 'active',
    status: 'in_sync',
    ids: { teamwork: teamwork.id, desk: desk.id },
    bases: { teamwork: teamwork.fields, desk: desk.fields },
    ...more,
  });
}

/** Company 7 in Teamwork.com is company 70 in Desk. */
const client = aCompany('teamwork', '7');
const deskClient = aCompany('desk', '70');
const companyLink = pairOf(client, deskClient, { number: 100 });
const both = [client, deskClient];

function judge(
  records: readonly Observation[],
  links: readonly Link[],
  more: Partial<VerifyInput> = {},
): VerifyReport {
  return verify(aWorld([...both, ...records], [companyLink, ...links], more));
}

const causes = (report: VerifyReport) => report.differences.map(({ cause }) => cause);
const excuses = (report: VerifyReport) =>
  report.explained.map(({ status, reason }) => `${status}: ${reason}`);

const ada = aPerson('teamwork', '1');
const deskAda = aPerson('desk', '10', { company: '70' });

describe('an active link', () => {
  test('agrees when every field is equal by canonical value (R13)', () => {
    const shouted = aPerson('desk', '10', { company: '70', email: ' ADA@ACME.test ' });
    const report = judge([ada, shouted], [pairOf(ada, shouted)]);
    expect([causes(report), excuses(report), report.agreed]).toEqual([[], [], { company: 1, customer: 1 }]);
  });

  test('differs by the fields that are unequal', () => {
    const renamed = aPerson('desk', '10', { company: '70', lastName: 'King' });
    expect(judge([ada, renamed], [pairOf(ada, renamed)]).differences).toMatchObject([
      { cause: 'fields_differ', link: 1, fields: ['lastName'] },
    ]);
  });

  test('R25: compares companies by their links, not by their ids', () => {
    const elsewhere = aPerson('desk', '10', { company: '71' });
    expect(judge([ada, elsewhere], [pairOf(ada, elsewhere)]).differences).toMatchObject([
      { fields: ['company'] },
    ]);
  });

  test('R8: a field that a listing did not carry is not compared, and counted', () => {
    const { lastName: _, ...fields } = deskAda.fields;
    const report = judge([ada, { ...deskAda, fields }], [pairOf(ada, deskAda)]);
    expect([causes(report), report.unread.lastName]).toEqual([[], 1]);
  });

  test('R8: an alternative email that is the other side’s primary is known there', () => {
    const swapped = aPerson('desk', '10', { company: '70', alternativeEmails: ['ada@acme.test'] });
    expect(causes(judge([ada, swapped], [pairOf(ada, swapped)]))).toEqual([]);
  });

  test.each(['failing', 'pending'] as const)('is a difference while it is %s, equal or not', (status) => {
    expect(causes(judge([ada, deskAda], [pairOf(ada, deskAda, { status })]))).toEqual([status]);
  });

  test('is a difference when one of its records is gone and nothing broke it', () => {
    expect(causes(judge([ada], [pairOf(ada, deskAda)]))).toEqual(['record_gone']);
  });

  test('R30: unequal while paused is explained', () => {
    const renamed = aPerson('desk', '10', { company: '70', lastName: 'King' });
    const report = judge([ada, renamed], [pairOf(ada, renamed)], {
      paused: { site: false, kinds: ['customer'] },
    });
    expect([causes(report), excuses(report)]).toEqual([[], ['paused: paused_by_operator']]);
  });

  test('R25: suspended is explained where the companies are not linked to each other', () => {
    const elsewhere = aPerson('desk', '10', { company: '71' });
    const link = pairOf(ada, elsewhere, { status: 'suspended', reason: 'company_not_linked' });
    expect(excuses(judge([ada, elsewhere], [link]))).toEqual(['suspended: company_not_linked']);
  });

  test('R25: suspended without cause is a difference', () => {
    const link = pairOf(ada, deskAda, { status: 'suspended', reason: 'company_not_linked' });
    expect(causes(judge([ada, deskAda], [link]))).toEqual(['status_unfounded']);
  });

  test('R1: in step with somebody who became staff is a difference', () => {
    const staff = { ...ada, scope: 'staff' as const };
    expect(causes(judge([staff, deskAda], [pairOf(staff, deskAda)]))).toEqual(['status_unfounded']);
  });
});

describe('a field with a reason of its own', () => {
  const noted = (field: 'email' | 'lastName', reason: 'essential_missing' | 'login_email_protected') => ({
    notes: [{ field, reason }],
  });

  test('R9: an essential field blank on one side is explained', () => {
    const blank = aPerson('teamwork', '1', { lastName: '' });
    const report = judge([blank, deskAda], [pairOf(blank, deskAda, noted('lastName', 'essential_missing'))]);
    expect([causes(report), excuses(report)]).toEqual([[], ['field: essential_missing']]);
  });

  test('is no excuse where the records do not show it', () => {
    const renamed = aPerson('desk', '10', { company: '70', lastName: 'King' });
    expect(
      causes(judge([ada, renamed], [pairOf(ada, renamed, noted('lastName', 'essential_missing'))])),
    ).toEqual(['fields_differ']);
  });

  test.each([
    [true, []],
    [false, ['fields_differ']],
  ])('R27: a protected login email explains only for one who signs in: %s', (signsIn, expected) => {
    const person = { ...ada, signsIn };
    const moved = aPerson('desk', '10', { company: '70', email: 'ada@new.test' });
    expect(
      causes(judge([person, moved], [pairOf(person, moved, noted('email', 'login_email_protected'))])),
    ).toEqual(expected);
  });

  test('R12: two avatars agree while neither has changed, and a new one is a difference', () => {
    const seen = { ...ada, fields: { ...ada.fields, avatar: 'https://t.test/1' } };
    const deskSeen = { ...deskAda, fields: { ...deskAda.fields, avatar: 'https://d.test/2' } };
    const link = pairOf(seen, deskSeen);
    const changed = { ...deskSeen, fields: { ...deskSeen.fields, avatar: 'https://d.test/3' } };
    expect([causes(judge([seen, deskSeen], [link])), causes(judge([seen, changed], [link]))]).toEqual([
      [],
      ['fields_differ'],
    ]);
  });
});

describe('a record without a counterpart', () => {
  test.each([
    ['R3: a person of a linked client', ada],
    ['R4: a client company', aCompany('teamwork', '8', { name: 'Other' })],
  ])('%s is a difference', (_, record) => {
    expect(causes(judge([record], []))).toEqual(['no_counterpart']);
  });

  test.each([
    [
      'R1: the owner company',
      { ...aCompany('teamwork', '8'), scope: 'owner' as const },
      'excluded: owner_company',
    ],
    ['R1: staff', { ...ada, scope: 'staff' as const }, 'excluded: owner_company_person'],
    ['R1: a service account', { ...ada, scope: 'service' as const }, 'excluded: service_account'],
    [
      'R9: a person without last name',
      aPerson('teamwork', '1', { lastName: ' ' }),
      'excluded: missing_last_name',
    ],
    ['R9: an email that is none', aPerson('teamwork', '1', { email: 'ada' }), 'excluded: malformed_email'],
    ['R5: a company made in Desk', aCompany('desk', '80'), 'excluded: not_asked'],
    ['R6: a Desk customer without company', aPerson('desk', '10', { company: '' }), 'excluded: no_company'],
    [
      'R6: one in a company that stands alone',
      aPerson('desk', '10', { company: '80' }),
      'excluded: company_not_linked',
    ],
    ['R7: one of a linked company', deskAda, 'excluded: automatic_creation_off'],
  ])('%s is explained', (_, record, expected) => {
    const report = judge([record], []);
    expect([causes(report), excuses(report)]).toEqual([[], [expected]]);
  });

  test('R16: a person waits while the company is not linked; the company is the difference', () => {
    const report = verify(aWorld([client, ada], []));
    expect([causes(report), excuses(report)]).toEqual([
      ['no_counterpart'],
      ['waiting: company_not_yet_linked'],
    ]);
  });

  test('R1: a Desk customer with an email of staff is explained', () => {
    const staff = { ...ada, scope: 'staff' as const };
    expect(excuses(judge([staff, deskAda], []))).toEqual([
      'excluded: owner_company_person',
      'excluded: owner_company_person',
    ]);
  });

  test('R7: with the setting on, a Desk customer of a linked company is a difference', () => {
    expect(causes(judge([deskAda], [], { automaticallyCreateContacts: true }))).toEqual(['no_counterpart']);
  });

  test('R7: with the setting on, one who was there before stays explained', () => {
    const earlier = aLink('customer', {
      number: 2,
      ids: { teamwork: null, desk: '10' },
      status: 'excluded',
      reason: 'earlier_customer',
    });
    expect(excuses(judge([deskAda], [earlier], { automaticallyCreateContacts: true }))).toEqual([
      'excluded: earlier_customer',
    ]);
  });

  test('R14: a question is explained', () => {
    const asked = aLink('customer', {
      ids: { teamwork: '1', desk: null },
      status: 'question',
      reason: 'ambiguous_match',
    });
    expect(excuses(judge([ada], [asked]))).toEqual(['question: ambiguous_match']);
  });

  test('is no excuse that the engine calls it excluded for a reason that is not there', () => {
    const wrong = aLink('customer', {
      ids: { teamwork: '1', desk: null },
      status: 'excluded',
      reason: 'no_company',
    });
    expect(causes(judge([ada], [wrong]))).toEqual(['no_counterpart']);
  });
});

describe('identity', () => {
  test('two links for one record are a difference', () => {
    const other = aPerson('desk', '11', { company: '70', email: 'b@acme.test' });
    const links = [pairOf(ada, deskAda), pairOf(ada, other, { number: 2 })];
    expect(causes(judge([ada, deskAda, other], links))).toEqual(
      expect.arrayContaining(['two_links', 'two_links']),
    );
  });

  const tombstone = {
    reason: 'deleted_in_desk',
    at: '2026-02-01T00:00:00Z',
    side: 'desk',
    causeLink: null,
  } as const;
  const broken = aLink('customer', {
    number: 2,
    phase: 'broken',
    ids: { teamwork: '1', desk: '10' },
    status: 'broken',
    reason: 'deleted_in_desk',
    tombstone,
  });

  test('R22: what remains of a broken link is explained', () => {
    const report = judge([ada], [broken]);
    expect([causes(report), excuses(report)]).toEqual([[], ['broken: deleted_in_desk']]);
  });

  test('R22: a deleted record that we made again is a difference', () => {
    const again = {
      ...aPerson('desk', '12', { company: '70' }),
      createdBy: 'engine',
      createdAt: '2026-02-02T00:00:00Z',
    };
    expect(causes(judge([ada, again], [broken, pairOf(ada, again)]))).toEqual(['revived']);
  });

  test('R22: a record that a person made after the break may be linked', () => {
    const made = {
      ...aPerson('desk', '12', { company: '70' }),
      createdBy: 'someone',
      createdAt: '2026-02-02T00:00:00Z',
    };
    expect(causes(judge([ada, made], [broken, pairOf(ada, made)]))).toEqual([]);
  });
});

test('before the first InitialSync has finished there is a difference', () => {
  expect(causes(judge([], [], { initialSyncFinished: false }))).toEqual(['initial_sync_unfinished']);
});

test('a listing entry that could not be understood is a difference', () => {
  const unreadable = [{ side: 'desk', kind: 'customer', id: '66' }] as const;
  expect(judge([], [], { unreadable }).differences).toMatchObject([
    { cause: 'unreadable', ids: { desk: '66' } },
  ]);
});
