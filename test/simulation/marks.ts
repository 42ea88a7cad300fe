/** Anomalies of practice/reliability.md and faults that histories must lead to: one that is not met is not tested. */
const anomalies: readonly string[] = [
  ...[
    'A01',
    'A02',
    'A03',
    'A05',
    'A06',
    'A07',
    'A08',
    'A09',
    'A10',
    'A12',
    'A14',
    'A15',
    'A16',
    'A17',
    'A18',
  ],
  ...[
    'A19',
    'A20',
    'A21',
    'A22',
    'A23',
    'A24',
    'A25',
    'A26',
    'A27',
    'A28',
    'A29',
    'A30',
    'A31',
    'A33',
    'A35',
  ],
  ...[
    'A36',
    'A38',
    'A39',
    'A40',
    'A41',
    'A42',
    'A44',
    'A45',
    'A46',
    'A47',
    'A50',
    'A51',
    'A52',
    'A53',
    'A54',
    'A56',
  ],
  ...['A57', 'A58', 'A62', 'A63'],
];

/** Those that no history can lead to, and why. */
export const notSimulated: Readonly<Record<string, string>> = {
  A04: 'Desk matches by domain only where no company is named; a company that was named stands.',
  A11: 'Clocks of vendors are read where times are compared: test/domain.',
  A13: 'Ports carry one form of time; other offsets end in the clients: test/apis.',
  A32: 'The engine contains no call that deletes (R24).',
  A34: 'What is archived, inactive or converted is mapped by the clients: test/apis.',
  A37: 'The engine contains no call that deletes (R24), so it has no cascade to resume.',
  A43: 'Users act for minutes here; the sliding day is counted in test/contract/store/holds.',
  A48: 'Accounts are pinned by the watch and by connect, on the real stack.',
  A49: 'The port has no address: it is the account that is pinned.',
  A55: 'Ids are text in every port; numbers end in the clients: test/apis.',
  A59: 'The epoch lives in Temporal and Postgres: test/e2e/restored-database; what follows from it: ordeals/restore.',
  A60: 'Nothing in the engine ages but by the clock; hooks that are all lost are one way in which bursts are told (I11).',
  A61: 'A first run over two full sides is how every history begins.',
  A64: 'The mapping of fields is fixed (R8): no operator changes it.',
};

const faults: readonly string[] = [
  ...['failed_before', 'failed_after', 'cut', 'rate_limited', 'web_page', 'forbidden', 'stale_read'],
  ...['empty_list', 'short_list', 'shrunken_list', 'lacking_list', 'partial_list', 'sparse_list'],
];

/** Actions of operators: each took effect, and each was refused, too. */
const operators: readonly string[] = [
  ...['pause', 'resume', 'retry', 'unlink', 'relink', 'restore', 'choose', 'same', 'apart'],
  ...['add_as_client', 'create_contact', 'askForPeople', 'approve', 'reject'],
];

export const marksToReach: readonly string[] = [
  ...operators.flatMap((name) => [`operator:${name}`, `refused:${name}`]),
  ...['operator:with_people', 'operator:include_earlier'],
  ...anomalies,
  'I27',
  'ignored',
  'ignored_for_good',
  'ignored_then_made',
  'breaks_above_25',
  'contacts_above_50',
  ...faults.map((kind) => `fault:${kind}`),
];
