import { aPerson } from '../support/views';
import { ada, causes, deskAda, excuses, judge, pairOf } from '../support/verify-worlds';

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
