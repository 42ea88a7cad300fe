/** R22: what the oracle holds of a break whose moment nobody knows. */
import { breaks } from './oracle/breaks';
import { at, entry, happened, linkOf, withEmail } from './oracle-broken';

/**
 * Person 1 = 2 broke at 60, when both had been deleted at 50; 2 was last seen alive at 10. Desk's 3, made at `madeAt` and
 * met in that very second as `metAs`, had the email of 1 from 40 on and was linked with it.
 */
function metInDoubt(madeAt: number, metAs: string) {
  const tombstone = { reason: 'deleted_in_desk', at: at(60), side: 'desk', causeLink: null } as const;
  const again = { teamwork: '1', desk: '3' };
  return {
    operators: { acts: [] },
    rows: {
      records: new Map<string, object>([
        ['customer teamwork 1', { aliveAt: at(45) }],
        ['customer desk 2', { aliveAt: at(10) }],
        ['customer desk 3', { aliveAt: null, firstSeenAt: at(madeAt) }],
      ]),
      journal: [entry('linked', 8, 61, { detail: again })],
      links: new Map([
        linkOf(7, { teamwork: '1', desk: '2' }, { phase: 'broken', activeSince: at(1), tombstone }),
        linkOf(8, again, { activeSince: at(61) }),
      ]),
    },
    products: {
      merges: [],
      changes: [
        withEmail(happened('create', 'teamwork', '1', 0), 'ada@acme.test'),
        withEmail(happened('create', 'desk', '3', madeAt), metAs),
        withEmail(happened('update', 'desk', '3', 40), 'Ada@acme.test'),
        happened('delete', 'teamwork', '1', 50),
        happened('delete', 'desk', '2', 50),
      ],
    },
  } as never;
}

it('R22 of two that were deleted, who was made since one was last seen alive may take its place, if met as that person', () => {
  const refused = [expect.stringContaining('R22: link 7')];
  expect(breaks(metInDoubt(20, 'ada@acme.test'))).toEqual([]);
  expect(breaks(metInDoubt(20, 'other@acme.test'))).toEqual(refused);
  expect(breaks(metInDoubt(5, 'ada@acme.test'))).toEqual(refused);
});
