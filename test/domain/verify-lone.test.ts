import type { Link } from '../../src/domain/link';
import type { Fields } from '../../src/domain/record';
import { verify } from '../../src/domain/verify';
import { aCompany, aLink, aPerson } from '../support/views';
import {
  aWorld,
  ada,
  causes,
  client,
  companyLink,
  deskAda,
  deskClient,
  excuses,
  judge,
} from '../support/verify-worlds';

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

  test.each(['firstName', 'lastName', 'email', 'company'] as const)(
    'R8 R9: %s never read is as good as blank',
    (unread) => {
      const fields = Object.fromEntries(Object.entries(ada.fields).filter(([field]) => field !== unread));
      const reason = {
        firstName: 'missing_first_name',
        lastName: 'missing_last_name',
        email: 'missing_email',
        company: 'no_company',
      }[unread];
      expect(excuses(judge([{ ...ada, fields }], []))).toEqual([`excluded: ${reason}`]);
    },
  );

  test.each([{ name: ' ' }, {}])('R9: a client without a name is explained: %j', (fields) => {
    expect(excuses(judge([{ ...aCompany('teamwork', '8'), fields }], []))).toEqual([
      'excluded: missing_name',
    ]);
  });

  test.each<[string, Link['phase'], string]>([
    ['R25: one whose link is broken', 'broken', 'excluded: company_broken'],
    ['R16: one that stands alone', 'lone', 'waiting: company_not_yet_linked'],
  ])('a person in %s', (_, phase, expected) => {
    const own = { ...companyLink, phase, ids: { teamwork: '7', desk: phase === 'lone' ? null : '70' } };
    const report = verify(aWorld([client, ada], [own]));
    expect(excuses(report)).toContain(expected);
  });

  test('R6: a Desk customer in a company that stands alone, with a link of its own, is explained', () => {
    const own = { ...companyLink, phase: 'lone' as const, ids: { teamwork: null, desk: '70' } };
    expect(excuses(verify(aWorld([deskClient, deskAda], [own])))).toContain('excluded: company_not_linked');
  });

  test('R1: an alternative email of staff has a Desk customer excluded, no person of Teamwork.com', () => {
    const staff = { ...aPerson('teamwork', '9', { email: 'staff@acme.test' }), scope: 'staff' as const };
    const emails = { alternativeEmails: ['other@acme.test', 'STAFF@acme.test'] };
    const customer = aPerson('desk', '10', { ...emails, company: '70' });
    const person = aPerson('teamwork', '1', emails);
    expect(excuses(judge([staff, customer], []))).toEqual([
      'excluded: owner_company_person',
      'excluded: owner_company_person',
    ]);
    expect(causes(judge([staff, person], []))).toEqual(['no_counterpart']);
  });

  test.each([
    ['blank', { email: '', alternativeEmails: [] }],
    ['not read', {}],
  ])('R1: staff and a customer whose emails are %s have none in common', (_, emails) => {
    const of = ({ email: __, alternativeEmails: ___, ...others }: Fields) => ({ ...others, ...emails });
    const staff = { ...ada, id: '9', scope: 'staff' as const, fields: of(ada.fields) };
    const customer = { ...deskAda, fields: of(deskAda.fields) };
    expect(excuses(judge([staff, customer], []))).toEqual([
      'excluded: owner_company_person',
      'excluded: missing_email',
    ]);
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

test('before the first InitialSync has finished there is a difference', () => {
  expect(judge([], [], { initialSyncFinished: false }).differences).toEqual([
    {
      ...{ cause: 'initial_sync_unfinished', reason: null, kind: null, link: null },
      ...{ ids: { teamwork: null, desk: null }, fields: [] },
    },
  ]);
});

test('a listing entry that could not be understood is a difference', () => {
  const unreadable = [{ side: 'desk', kind: 'customer', id: '66' }] as const;
  expect(judge([], [], { unreadable }).differences).toMatchObject([
    { cause: 'unreadable', ids: { desk: '66' } },
  ]);
});
