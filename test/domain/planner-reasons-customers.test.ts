import type { LinkView } from '../../src/domain/plan';
import { aParent, aPerson, lone } from '../support/views';
import { adopting, told } from './planner-told';

const gone = { presence: 'gone' } as const;

describe('R31 a lone person', () => {
  const contact = aPerson('teamwork', '1');
  const customer = aPerson('desk', '2');
  const inClient = (parent: LinkView['parents']['teamwork'] = aParent('teamwork', '7')) =>
    lone(contact, { parents: { teamwork: parent, desk: null } });
  const inCompany = (parent: LinkView['parents']['desk'] = aParent('desk', '7'), record = customer) =>
    lone(record, { parents: { teamwork: null, desk: parent } });

  test.each<[string, LinkView, string[]]>([
    [
      'R3 a contact',
      inClient(),
      ['absent_wanted, pending: changes_to_write', 'changes_to_write: customer 1 of teamwork, link 1'],
    ],
    [
      'R1 a service account',
      lone(aPerson('teamwork', '1', {}, { scope: 'service' })),
      ['absent_not_wanted, excluded: service_account', 'service_account: customer 1 of teamwork, link 1'],
    ],
    [
      'R6 a contact in no company',
      inClient(null),
      ['absent_not_wanted, excluded: no_company', 'no_company: customer 1 of teamwork, link 1'],
    ],
    [
      'R6 a customer in no company',
      inCompany(null),
      ['absent_not_wanted, excluded: no_company', 'no_company: customer 2 of desk, link 1'],
    ],
    [
      'R16 a contact whose company has no link row yet',
      inClient(aParent('teamwork', '7', null)),
      [
        'parent_to_be_linked, waiting: company_not_yet_linked',
        'company_not_yet_linked: customer 1 of teamwork, link 1',
        'company_not_yet_linked: company 7 of teamwork, link null',
      ],
    ],
    [
      'R16 a contact whose company fails',
      inClient(aParent('teamwork', '7', { phase: 'lone', status: 'failing' })),
      [
        'parent_to_be_linked, waiting: company_failing',
        'company_failing: customer 1 of teamwork, link 1',
        'company_failing: company 7 of teamwork, link 70',
      ],
    ],
    [
      'R22 a contact whose company’s link is broken',
      inClient(aParent('teamwork', '7', { phase: 'broken', reason: 'deleted_in_desk' })),
      [
        'absent_not_wanted, excluded: company_broken',
        'company_broken: customer 1 of teamwork, link 1',
        'deleted_in_desk: company 7 of teamwork, link 70',
      ],
    ],
    [
      'R22 a customer whose company’s link is broken',
      inCompany(aParent('desk', '7', { phase: 'broken', reason: null })),
      [
        'absent_not_wanted, excluded: company_broken',
        'company_broken: customer 2 of desk, link 1',
        'company_broken: company 7 of desk, link 70',
      ],
    ],
    [
      'R6 a customer whose company stands alone',
      inCompany(aParent('desk', '7', { phase: 'lone', reason: 'not_asked' })),
      [
        'absent_not_wanted, excluded: company_not_linked',
        'company_not_linked: customer 2 of desk, link 1',
        'company_not_linked: company 7 of desk, link 70',
      ],
    ],
    [
      'R6 a customer whose company has no link row yet',
      inCompany(aParent('desk', '7', null)),
      [
        'absent_not_wanted, excluded: company_not_linked',
        'company_not_linked: customer 2 of desk, link 1',
        'company_not_linked: company 7 of desk, link null',
      ],
    ],
    [
      'R9 a contact without an email',
      lone(aPerson('teamwork', '1', { email: '' }), {
        parents: { teamwork: aParent('teamwork', '7'), desk: null },
      }),
      ['essential_missing, excluded: missing_email', 'missing_email: customer 1 of teamwork, link 1'],
    ],
    [
      'R9 a contact of whom nothing but the company was read',
      lone(
        { ...contact, fields: { company: '7' } },
        { parents: { teamwork: aParent('teamwork', '7'), desk: null } },
      ),
      [
        'essential_missing, excluded: missing_first_name',
        'missing_first_name: customer 1 of teamwork, link 1',
      ],
    ],
    [
      'R33 a contact while the vendor’s own sync seems on',
      adopting(inClient()),
      [
        'absent_not_wanted, excluded: vendor_sync_running',
        'vendor_sync_running: customer 1 of teamwork, link 1',
      ],
    ],
    [
      'R23 a customer who is gone',
      lone(aPerson('desk', '2', {}, gone)),
      ['absent_not_wanted, excluded: deleted_in_desk', 'deleted_in_desk: customer 2 of desk, link 1'],
    ],
    [
      'of whom no record is known',
      { ...inClient(), records: { teamwork: null, desk: null } },
      ['absent_not_wanted, excluded: no_company', 'no_company: customer null of null, link 1'],
    ],
  ])('%s', (_, view, expected) => {
    expect(told(view)).toEqual(expected);
  });
});
