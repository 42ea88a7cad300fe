/** Fields of an active link that are unequal: which note, hold or status explains them, and what of it can be seen (R8, R9, R27). */
import type { FieldNote, Link } from '../../src/domain/link';
import type { Fields, Observation } from '../../src/domain/record';
import type { VerifyInput } from '../../src/domain/verify';
import { aCompany, aPerson } from '../support/views';
import { ada, causes, deskAda, excuses, judge, pairOf } from '../support/verify-worlds';

const withFields = (one: Observation, fields: Fields): Observation => ({
  ...one,
  fields: { ...one.fields, ...fields },
});
const [a, b, c] = ['a@x.test', 'b@x.test', 'c@x.test'];

/** Ada with these fields on either side, and what verify makes of the pair. */
function told(teamwork: Fields, desk: Fields, link: Partial<Link> = {}, more: Partial<VerifyInput> = {}) {
  const [ours, theirs] = [withFields(ada, teamwork), withFields(deskAda, desk)];
  const report = judge([ours, theirs], [pairOf(ours, theirs, link)], more);
  return [...causes(report), ...excuses(report)];
}

const noted = (field: FieldNote['field'], reason: FieldNote['reason']) => ({ notes: [{ field, reason }] });

describe('R8 alternative emails', () => {
  test.each<[string, Fields, Fields, string[]]>([
    ['one more there', { alternativeEmails: [a] }, { alternativeEmails: [a, b] }, ['fields_differ']],
    ['one more here', { alternativeEmails: [a, b] }, { alternativeEmails: [a] }, ['fields_differ']],
    ['another on each side', { alternativeEmails: [a] }, { alternativeEmails: [b] }, ['fields_differ']],
    [
      'in another order and form',
      { alternativeEmails: [a, b] },
      { alternativeEmails: [b.toUpperCase(), a] },
      [],
    ],
    ['the primary among them', { alternativeEmails: ['ada@acme.test'] }, { alternativeEmails: [] }, []],
  ])('%s', (_, teamwork, desk, expected) => {
    expect(told(teamwork, desk)).toEqual(expected);
  });

  test.each<[FieldNote['reason'], Fields, Fields, string[]]>([
    ['limit', { alternativeEmails: [a] }, { alternativeEmails: [a, b] }, ['field: limit']],
    ['limit', { alternativeEmails: [a, c] }, { alternativeEmails: [a, b] }, ['fields_differ']],
    [
      'email_of_another_person',
      { alternativeEmails: [a] },
      { alternativeEmails: [] },
      ['field: email_of_another_person'],
    ],
    [
      'essential_missing',
      { alternativeEmails: ['no email'] },
      { alternativeEmails: [] },
      ['field: essential_missing'],
    ],
    ['essential_missing', { alternativeEmails: [a] }, { alternativeEmails: [] }, ['fields_differ']],
  ])('R8 with the note %s: %#', (reason, teamwork, desk, expected) => {
    expect(told(teamwork, desk, noted('alternativeEmails', reason))).toEqual(expected);
  });
});

describe('a note explains what the records show', () => {
  const king = { lastName: 'King' };
  test.each<[FieldNote['field'], FieldNote['reason'], Fields, string[]]>([
    ['lastName', 'limit', king, ['fields_differ']],
    ['lastName', 'email_of_another_person', king, ['fields_differ']],
    ['lastName', 'login_email_protected', king, ['fields_differ']],
    ['lastName', 'login_company_protected', king, ['fields_differ']],
    ['firstName', 'reformatted', king, ['fields_differ']],
    ['email', 'essential_missing', { email: 'no email' }, ['field: essential_missing']],
    ['email', 'essential_missing', { email: 'new@acme.test' }, ['fields_differ']],
    ['lastName', 'essential_missing', { lastName: 'no email' }, ['fields_differ']],
  ])('%s with %s: %#', (field, reason, desk, expected) => {
    const teamwork = { ...ada, signsIn: true };
    const theirs = withFields(deskAda, desk);
    const report = judge([teamwork, theirs], [pairOf(teamwork, theirs, noted(field, reason))]);
    expect([...causes(report), ...excuses(report)]).toEqual(expected);
  });

  test.each<[FieldNote['reason']]>([['reformatted'], ['both_kept'], ['unusable_picture']])(
    'R13 %s, while both sides are as they were',
    (reason) => {
      const link = {
        ...noted('lastName', reason),
        bases: { teamwork: ada.fields, desk: { ...deskAda.fields, lastName: 'King' } },
      };
      expect(told({}, { lastName: 'King' }, link)).toEqual([`field: ${reason}`]);
      expect(told({}, { lastName: 'Kong' }, link)).toEqual(['fields_differ']);
      expect(told({ lastName: 'Kong' }, { lastName: 'King' }, link)).toEqual(['fields_differ']);
    },
  );

  test.each([
    [true, ['field: login_company_protected']],
    [false, ['fields_differ']],
  ])('R27 a protected company explains only for one who signs in: %s', (signsIn, expected) => {
    const [ours, theirs] = [{ ...ada, signsIn }, withFields(deskAda, { company: '71' })];
    const report = judge([ours, theirs], [pairOf(ours, theirs, noted('company', 'login_company_protected'))]);
    expect([...causes(report), ...excuses(report)]).toEqual(expected);
  });

  test('R9 which field it is about is told', () => {
    const [ours, theirs] = [ada, withFields(deskAda, { lastName: '' })];
    expect(
      judge([ours, theirs], [pairOf(ours, theirs, noted('lastName', 'essential_missing'))]),
    ).toMatchObject({
      explained: [{ status: 'field', fields: ['lastName'], link: 1 }],
      agreed: { company: 1, customer: 0 },
      unread: {},
    });
  });
});

describe('R12 two pictures', () => {
  const [one, other] = ['https://t.test/1', 'https://d.test/2'];
  test.each<[string, Fields, Fields, Link['bases'] | null, string[]]>([
    ['as they were', { avatar: one }, { avatar: other }, null, []],
    ['of which one is none, as it was', { avatar: one }, { avatar: '' }, null, ['fields_differ']],
    ['of which the other is none, as it was', { avatar: '' }, { avatar: other }, null, ['fields_differ']],
    [
      'that nobody knows from before',
      { avatar: one },
      { avatar: other },
      { teamwork: {}, desk: {} },
      ['fields_differ'],
    ],
    [
      'of which one is known from before',
      { avatar: one },
      { avatar: other },
      { teamwork: { avatar: one }, desk: {} },
      ['fields_differ'],
    ],
  ])('%s', (_, teamwork, desk, bases, expected) => {
    expect(told(teamwork, desk, bases === null ? {} : { bases })).toEqual(expected);
  });
});

describe('what holds of the whole link', () => {
  const king = { lastName: 'King' };
  test.each<[string, Partial<Link>, Partial<VerifyInput>, string[]]>([
    [
      'R14 a question',
      { status: 'question', reason: 'wait_for_each_other' },
      {},
      ['question: wait_for_each_other'],
    ],
    ['R26 held', { status: 'held', reason: 'mass_change' }, {}, ['held: mass_change']],
    ['R30 paused itself', { paused: true }, {}, ['paused: paused_by_operator']],
    ['R30 failing and paused', { status: 'failing', paused: true }, {}, ['paused: paused_by_operator']],
    ['R30 another kind paused', {}, { paused: { site: false, kinds: ['company'] } }, ['fields_differ']],
  ])('%s', (_, link, more, expected) => {
    expect(told({}, king, link, more)).toEqual(expected);
  });

  test.each<[string, Partial<Link>, Partial<VerifyInput>, string[]]>([
    ['R23 gone', {}, {}, ['record_gone']],
    ['R26 held', { status: 'held', reason: 'mass_change' }, {}, ['held: mass_change']],
    ['R30 paused', {}, { paused: { site: true, kinds: [] } }, ['paused: paused_by_operator']],
  ])('%s, of which Teamwork.com’s record is not there', (_, link, more, expected) => {
    const report = judge([deskAda], [pairOf(ada, deskAda, link)], more);
    expect([...causes(report), ...excuses(report)]).toEqual(expected);
    expect([report.agreed.customer, report.unread]).toEqual([0, {}]);
  });

  test('R23 a record that is gone is told with all that is known of its link', () => {
    const ids = { teamwork: '1', desk: '10' };
    expect(judge([deskAda], [pairOf(ada, deskAda)]).differences).toEqual([
      { cause: 'record_gone', reason: null, kind: 'customer', link: 1, ids, fields: [] },
    ]);
  });

  test('R8 what only Desk’s listing carried is not compared, and counted', () => {
    const { lastName: _, ...fields } = ada.fields;
    const report = judge([{ ...ada, fields }, deskAda], [pairOf(ada, deskAda)]);
    expect([causes(report), report.unread.lastName]).toEqual([[], 1]);
  });

  test('R25 two companies of which neither is linked differ', () => {
    expect(told({ company: '8' }, { company: '80' })).toEqual(['fields_differ']);
  });

  test('R1 the owner company in step is a difference, and so is a customer with an email of staff', () => {
    const owner = { ...aCompany('teamwork', '8', { name: 'Us' }), scope: 'owner' as const };
    const ours = aCompany('desk', '80', { name: 'Us' });
    expect(causes(judge([owner, ours], [pairOf(owner, ours)]))).toEqual(['status_unfounded']);
    const staff = { ...aPerson('teamwork', '9', { email: b }), scope: 'staff' as const };
    const emails = { alternativeEmails: [a, b] };
    const [person, customer] = [withFields(ada, emails), withFields(deskAda, emails)];
    expect(causes(judge([staff, person, customer], [pairOf(person, customer)]))).toEqual([
      'status_unfounded',
    ]);
  });

  test('R1 a company with an email that staff have, too, is no person', () => {
    const staff = { ...aPerson('teamwork', '9', { email: b }), scope: 'staff' as const };
    const office = { name: 'Beta', email: b };
    const [ours, theirs] = [aCompany('teamwork', '8', office), aCompany('desk', '80', office)];
    expect(causes(judge([staff, ours, theirs], [pairOf(ours, theirs)]))).toEqual([]);
  });
});
