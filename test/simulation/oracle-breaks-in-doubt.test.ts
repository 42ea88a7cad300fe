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

const asMade = { source: '4', sourceMadeAt: 20, by: 'user', deletedAt: 32, isAskedAbout: true };

/**
 * Person 1 = 2 broke at 20, when both had been deleted at 10. The engine made Desk's 3 of `source` at 30, its answer was
 * lost, and it was asked about at 40; 1 is back from the trash since 35, and was linked with 3 at 50.
 */
function madeOf(more: Partial<typeof asMade> = {}) {
  const { source, sourceMadeAt, by, deletedAt, isAskedAbout } = { ...asMade, ...more };
  const tombstone = { reason: 'deleted_in_desk', at: at(20), side: 'desk', causeLink: null } as const;
  const again = { teamwork: '1', desk: '3' };
  const sent = { email: 'ada@acme.test' };
  const detail = { action: 'create', ...(isAskedAbout && { candidates: ['3'] }) };
  const create = { link: 9, side: 'desk', kind: 'customer', action: 'create', sentAt: at(30), sent };
  const made = withEmail(happened('create', 'desk', '3', 30), sent.email);
  return {
    operators: { acts: [] },
    rows: {
      records: new Map(),
      intents: new Map([['1', create]]),
      journal: [
        entry('no_effect', 9, 40, { side: 'desk', detail }),
        entry('linked', 8, 50, { detail: again }),
      ],
      links: new Map([
        linkOf(7, { teamwork: '1', desk: '2' }, { phase: 'broken', activeSince: at(1), tombstone }),
        linkOf(8, again, { activeSince: at(50) }),
        linkOf(9, { teamwork: source, desk: null }, { phase: 'lone', activeSince: null }),
      ]),
    },
    products: {
      merges: [],
      changes: [
        withEmail(happened('create', 'teamwork', '1', 0), sent.email),
        happened('delete', 'teamwork', '1', 10),
        happened('delete', 'desk', '2', 10),
        { ...withEmail(happened('create', 'teamwork', '4', sourceMadeAt), sent.email), actor: by },
        { ...made, actor: 'engine', sent },
        withEmail(happened('delete', 'teamwork', '4', deletedAt), sent.email),
        happened('restore', 'teamwork', '1', 35),
      ].sort((one, other) => one.at - other.at),
    },
  } as never;
}

it('R15 R22 what a lost create made of a new record that is gone is new, and may be linked with what came back', () => {
  expect(breaks(madeOf())).toEqual([]);
});

it.each([
  ['of one that was there before', { sourceMadeAt: 5 }],
  ['of what we made ourselves', { by: 'engine' }],
  ['of one that is still there', { deletedAt: 55 }],
  ['of what came back', { source: '1' }],
  ['and nobody was to be asked about it', { isAskedAbout: false }],
])('R15 R22 not what a lost create made %s', (_, more) => {
  expect(breaks(madeOf(more))).toEqual([expect.stringContaining('R22: link 7')]);
});
