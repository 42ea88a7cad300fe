import { actionOf, actionOnNotes } from '../../src/domain/action';
import type { Reason } from '../../src/domain/link';
import type { Because } from '../../src/domain/plan';
import { aLink } from '../support/views';

const fact = (reason: Reason, more: Partial<Because> = {}): Because => ({
  ...{ reason, kind: 'customer', link: 1, side: null, id: null },
  ...more,
});
const inDesk = { side: 'desk', id: '70' } as const;
const company = { kind: 'company', link: 9, ...inDesk } as const;
const after = (one: Because, link = aLink('customer'), because: readonly Because[] = [one]) =>
  actionOf(because, one.reason, link);
const run = (command: string) => `teamwork-desk-sync ${command}`;

describe('R31 what would change the answer', () => {
  test.each<[Because, string | null]>([
    [fact('agreed'), null],
    [fact('not_asked', company), run('add-as-client 70')],
    [fact('not_asked', { ...company, side: 'teamwork' }), null],
    [fact('not_asked', { ...company, kind: 'customer' }), null],
    [fact('not_asked', { ...company, id: null }), null],
    [fact('unchecked', company), run('add-as-client 70')],
    [fact('no_company'), 'Put the customer into a linked company.'],
    [fact('company_not_linked'), 'Move the person into a linked company.'],
    [fact('company_not_linked', company), run('add-as-client 70')],
    [fact('company_failing', company), run('retry 9')],
    [fact('company_failing'), null],
    [fact('company_failing', { link: null }), null],
    [fact('companies_differ'), 'Move the person on one side.'],
    [fact('automatic_creation_off', inDesk), run('create-contact 70')],
    [fact('earlier_customer', inDesk), run('create-contact 70')],
    [fact('earlier_customer', { side: 'teamwork', id: '7' }), null],
    [fact('earlier_customer', { side: 'desk' }), null],
    [fact('missing_name'), 'Fill it in on the record; the next read of it goes on by itself.'],
    [fact('malformed_email'), 'Correct the email on the record.'],
    [fact('taken'), 'Change or link the holder; then it goes on by itself.'],
    [
      fact('wait_for_each_other'),
      'Make the same exchange on the other side, too; both then agree by themselves.',
    ],
    [fact('refused'), run('retry 1')],
    [fact('remote_ignored'), run('retry 1')],
    [fact('vendor_answer_not_understood'), run('retry 1')],
    [fact('credentials_refused'), '`teamwork-desk-sync connect` with a credential that works.'],
    [fact('forbidden'), '`teamwork-desk-sync connect` with a credential of an administrator.'],
    [fact('paused_by_operator'), run('resume 1')],
    [fact('mass_change'), '`teamwork-desk-sync attention` shows its hold, for `approve` or `reject`.'],
    [fact('mass_change_rejected'), 'Edit the record; it is then decided anew.'],
    [
      fact('vendor_sync_running'),
      'Switch one of the two off; then `teamwork-desk-sync connect --vendor-sync off`.',
    ],
    [fact('unlinked_by_operator'), run('relink 1')],
    [fact('back_from_trash', company), run('relink 9 --with-people')],
  ])('%j', (one, expected) => {
    expect(after(one)).toBe(expected);
  });

  test.each(['missing_first_name', 'missing_last_name', 'missing_email'] as const)('R9 %s', (reason) => {
    expect(after(fact(reason))).toBe('Fill it in on the record; the next read of it goes on by itself.');
  });

  test('R14 a question is answered with one of its candidates', () => {
    const own = fact('ambiguous_match', { side: 'teamwork', id: '1' });
    const chain = [
      own,
      fact('ambiguous_match', { link: null, side: 'desk', id: '7' }),
      fact('ambiguous_match', { link: null }),
    ];
    for (const reason of [
      'ambiguous_match',
      'contradicting_match',
      'made_after_break',
      'perhaps_made_by_us',
      'unchecked',
    ] as const) {
      const because = chain.map((one) => ({ ...one, reason }));
      expect(after(fact(reason), aLink('customer'), because)).toBe(run('answer 1 same 7'));
    }
    const two = [...chain, fact('companies_not_linked_to_each_other', { link: null, side: 'desk', id: '8' })];
    expect(after(fact('companies_not_linked_to_each_other'), aLink('customer'), two)).toBe(
      run('answer 1 same 7|8'),
    );
  });

  test.each<[string, Because, Parameters<typeof aLink>[1], string | null]>([
    ['of its own', fact('deleted_in_desk'), { phase: 'broken' }, run('restore 1')],
    [
      'of its company',
      fact('deleted_in_teamwork', company),
      { phase: 'broken' },
      run('restore 9 --with-people'),
    ],
    [
      'of a person',
      fact('deleted_in_desk', { ...company, kind: 'customer' }),
      { phase: 'broken' },
      run('restore 1'),
    ],
    [
      'of a company without a link',
      fact('deleted_in_desk', { ...company, link: null }),
      { phase: 'broken' },
      run('restore 1'),
    ],
    [
      'of a company itself',
      fact('deleted_in_desk', company),
      { number: 9, phase: 'broken' },
      run('restore 9'),
    ],
    ['of what never was linked', fact('deleted_in_desk'), { phase: 'lone' }, null],
  ])('R22 after a deletion %s', (_, one, link, expected) => {
    expect(after(one, aLink('customer', link))).toBe(expected);
  });

  test('the last fact that somebody can do something about says it, the reason itself where there is none', () => {
    const chain = [fact('refused'), fact('no_company'), fact('agreed')];
    expect(after(fact('refused'), aLink('customer'), chain)).toBe('Put the customer into a linked company.');
    expect(after(fact('paused_by_operator'), aLink('customer'), [])).toBe(run('resume 1'));
  });

  test('R27 a protected field is chosen, whatever else is noted', () => {
    const limit = { field: 'alternativeEmails', reason: 'limit' } as const;
    expect(actionOnNotes([limit], aLink('customer'))).toBeNull();
    const company = { field: 'company', reason: 'login_company_protected' } as const;
    expect(actionOnNotes([limit, company], aLink('customer'))).toBe(run('choose 1 company desk'));
  });
});
