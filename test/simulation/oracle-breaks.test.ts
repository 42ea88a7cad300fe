/** The oracle's checks of what broke can fail: each is shown a truth that breaks it, and one that does not. */
import type { Link } from '../../src/domain/link';
import type { Side } from '../../src/domain/record';
import { breaks } from './oracle/breaks';
import { at, entry, happened, linkOf, ms, withEmail } from './oracle-broken';
import type { Change } from './products/rows';

/** Person 1 = 2 broke at 20, when 1 was gone; 3, made at `madeAt`, was linked with 2 at 30. */
function linkedAgain(madeAt: number) {
  const tombstone = { reason: 'deleted_in_teamwork', at: at(20), side: 'teamwork', causeLink: null } as const;
  const left = { phase: 'broken', activeSince: null, tombstone } as const;
  const again = { teamwork: '3', desk: '2' };
  return {
    operators: { acts: [] },
    rows: {
      records: new Map(),
      journal: [
        entry('broken', 7, 20, { side: 'teamwork', detail: { teamwork: '1', desk: '2' } }),
        entry('linked', 8, 30, { detail: again }),
        entry('restored', 7, 60, { side: 'desk', detail: { gone: '2' } }),
      ],
      links: new Map([
        linkOf(7, { teamwork: '1', desk: null }, { phase: 'lone' }),
        linkOf(8, again, { activeSince: at(30) }),
        linkOf(9, { teamwork: null, desk: '2' }, left),
      ]),
    },
    products: {
      merges: [],
      changes: [
        happened('delete', 'teamwork', '1', 10),
        happened('create', 'teamwork', '3', madeAt),
        happened('delete', 'desk', '2', 40),
        happened('restore', 'teamwork', '1', 50),
      ],
    },
  } as never;
}

it('R22 what a restore left broke when its pair did: with a record made since then it may have been linked', () => {
  expect(breaks(linkedAgain(25))).toEqual([]);
  expect(breaks(linkedAgain(5))).toEqual([expect.stringContaining('R22: link 9')]);
});

/** Company 1 = 2 broke at 20; Desk's 3, there since 5, was asked for at `askedAt` and linked with 1 at 30. */
function askedFor(askedAt: number, linkedBefore = false, restored: Partial<Link> | null = null) {
  const tombstone = { reason: 'deleted_in_desk', at: at(20), side: 'desk', causeLink: null } as const;
  const again = { teamwork: '1', desk: '3' };
  const company = { kind: 'company' } as const;
  const ofCompanies = (change: Change): Change => ({ ...change, after: { ...change.after, ...company } });
  const ask = { at: ms(askedAt), operation: { verb: 'ask' }, result: { done: true, link: 8 } };
  const restore = { at: ms(15), operation: { verb: 'restore' } };
  return {
    operators: { acts: [ask, ...(restored === null ? [] : [{ ...ask, ...restore, link: restored }])] },
    rows: {
      records: new Map(),
      journal: [
        ...(linkedBefore ? [entry('linked', 8, askedAt + 1, { detail: { teamwork: '4', desk: '3' } })] : []),
        entry('linked', 8, 30, { detail: again }),
      ],
      links: new Map([
        linkOf(
          7,
          { teamwork: '1', desk: '2' },
          { ...company, phase: 'broken', activeSince: at(1), tombstone },
        ),
        linkOf(8, again, { ...company, activeSince: at(30) }),
      ]),
    },
    products: {
      merges: [],
      changes: [happened('create', 'desk', '3', 5), happened('delete', 'desk', '2', 10)].map(ofCompanies),
    },
  } as never;
}

it('R5 R22 what remained may be linked with what somebody asked for, since the break or in vain till then', () => {
  expect(breaks(askedFor(25))).toEqual([]);
  expect(breaks(askedFor(8))).toEqual([]);
  expect(breaks(askedFor(8, true))).toEqual([expect.stringContaining('R22: link 7')]);
});

it('R5 R22 so it may with what was asked for and is restored, not with what only matched once', () => {
  expect(breaks(askedFor(8, true, { asked: 'yes' }))).toEqual([]);
  expect(breaks(askedFor(8, true, { asked: null }))).toEqual([expect.stringContaining('R22: link 7')]);
});

/** Person 1 = 2 was unlinked by hand at 20; the engine made 3 for another at 25, and a user gave it the email `email`. */
function unlinkedThen(email: string) {
  const tombstone = { reason: 'unlinked_by_operator', at: at(20), side: null, causeLink: null } as const;
  const again = { teamwork: '1', desk: '3' };
  const link = { kind: 'customer', ids: { teamwork: '1', desk: '2' } };
  return {
    operators: { acts: [{ operation: { verb: 'unlink' }, result: { done: true, link: 7 }, link }] },
    rows: {
      records: new Map(),
      journal: [entry('linked', 8, 30, { detail: again })],
      links: new Map([
        linkOf(7, { teamwork: '1', desk: '2' }, { phase: 'broken', activeSince: at(1), tombstone }),
        linkOf(8, again, { activeSince: at(30) }),
      ]),
    },
    products: {
      merges: [],
      changes: [
        { ...withEmail(happened('create', 'desk', '3', 25), 'other@acme.test'), actor: 'engine' },
        withEmail(happened('update', 'desk', '3', 28), email),
      ],
    },
  } as never;
}

it('R22 what the engine made for another, and a user made somebody else since, is a third one', () => {
  expect(breaks(unlinkedThen('ada@acme.test'))).toEqual([]);
  expect(breaks(unlinkedThen('other@acme.test'))).toEqual([expect.stringContaining('R22: link 7')]);
});

/**
 * Person 1 = 2 broke at 20. The engine made 3 at `madeAt`, for a contact deleted since, and it was linked with 1 at 40,
 * which had `before`, and `email` from 30 on.
 */
function givenThen(email: string, before = 'ada@acme.test', by: Change['actor'] = 'user', madeAt = 25) {
  const tombstone = { reason: 'deleted_in_desk', at: at(20), side: 'desk', causeLink: null } as const;
  const again = { teamwork: '1', desk: '3' };
  return {
    operators: { acts: [] },
    rows: {
      records: new Map(),
      journal: [entry('linked', 8, 40, { detail: again })],
      links: new Map([
        linkOf(7, { teamwork: '1', desk: '2' }, { phase: 'broken', activeSince: at(1), tombstone }),
        linkOf(8, again, { activeSince: at(40) }),
      ]),
    },
    products: {
      merges: [],
      changes: [
        withEmail(happened('create', 'teamwork', '1', 0), before),
        happened('delete', 'desk', '2', 15),
        { ...withEmail(happened('create', 'desk', '3', madeAt), 'other@acme.test'), actor: 'engine' },
        { ...withEmail(happened('update', 'teamwork', '1', 30), email), actor: by },
      ],
    },
  } as never;
}

it('R14 R22 what the engine made since the break for another is linked with what users gave that email only then', () => {
  const refused = [expect.stringContaining('R22: link 7')];
  expect(breaks(givenThen('Other@acme.test'))).toEqual([]);
  expect(breaks(givenThen('ada@acme.test'))).toEqual(refused);
  expect(breaks(givenThen('other@acme.test', 'other@acme.test'))).toEqual(refused);
  expect(breaks(givenThen('other@acme.test', 'ada@acme.test', 'engine'))).toEqual(refused);
  expect(breaks(givenThen('other@acme.test', 'ada@acme.test', 'user', 12))).toEqual(refused);
});

/**
 * Person 1 = 2 broke at 20. Of 4 = 2, broken at 5, the contact was made again as 6 at 30; the engine wrote to 2 at
 * `writtenAt`; 6 and `lost` broke at 40, and 9 was made in the place of what was lost.
 */
function joinedMeanwhile(writtenAt: number, lost = '2', operation = 'restored') {
  const tombstone = { reason: 'deleted_in_teamwork', at: at(20), side: 'teamwork', causeLink: null } as const;
  const written: Change = { ...happened('update', 'desk', '2', writtenAt), actor: 'engine' };
  return {
    operators: { acts: [] },
    rows: {
      records: new Map(),
      journal: [
        entry('broken', 8, 5, { side: 'teamwork', detail: { teamwork: '4', desk: '2' } }),
        entry('broken', 7, 20, { side: 'teamwork', detail: { teamwork: '1', desk: '2' } }),
        entry(operation, 8, 30, { side: 'teamwork', detail: { gone: '4' } }),
        entry('broken', 8, 40, { side: 'desk', detail: { teamwork: '6', desk: lost } }),
        entry('restored', 8, 50, { side: 'desk', detail: { gone: lost } }),
      ],
      links: new Map([
        linkOf(7, { teamwork: '1', desk: '2' }, { phase: 'broken', activeSince: at(1), tombstone }),
        linkOf(8, { teamwork: '6', desk: '9' }, { activeSince: at(51) }),
      ]),
    },
    products: { merges: [], changes: [happened('delete', 'teamwork', '1', 10), written] },
  } as never;
}

it('I5 R22 what remained is written to while another tombstone of it is joined, neither before nor after that', () => {
  const refused = [expect.stringContaining('I5: link 7')];
  expect(breaks(joinedMeanwhile(35))).toEqual([]);
  expect(breaks(joinedMeanwhile(25))).toEqual(refused);
  expect(breaks(joinedMeanwhile(45))).toEqual(refused);
  expect(breaks(joinedMeanwhile(35, '8'))).toEqual(refused);
  expect(breaks(joinedMeanwhile(35, '2', 'decided'))).toEqual(refused);
});

/**
 * Person 1 = 2 was merged in Desk at 10, having last been read at 3, and broke at 20. Of 4 and `had`, broken at 25, an
 * operator restored at 30 what was lost of it; what is there now, 1 and 3, was linked at 35. 3 was made at `madeAt`.
 */
function restoredAfterMerge(of: {
  readonly had: Link['ids'];
  readonly missing: Side;
  readonly madeAt?: number;
  readonly reason?: 'merged_in_desk' | 'deleted_in_desk';
}) {
  const { had, missing, madeAt = 5, reason = 'merged_in_desk' } = of;
  const tombstone = { reason, at: at(20), side: 'desk', causeLink: null } as const;
  const again = { teamwork: '1', desk: '3' };
  return {
    operators: { acts: [] },
    rows: {
      records: new Map<string, object>([
        ['customer desk 2', { aliveAt: at(3) }],
        ['customer desk 3', { firstSeenAt: at(madeAt) }],
      ]),
      journal: [
        entry('broken', 7, 20, { side: 'desk', detail: { teamwork: '1', desk: '2' } }),
        entry('broken', 8, 25, { side: missing, detail: had }),
        entry('restored', 8, 30, { side: missing, detail: { gone: had[missing] } }),
        entry('linked', 8, 35, { detail: again }),
      ],
      links: new Map([
        linkOf(7, { teamwork: '1', desk: '2' }, { phase: 'broken', activeSince: at(1), tombstone }),
        linkOf(8, again, { activeSince: at(35) }),
      ]),
    },
    products: {
      merges: [],
      changes: [
        withEmail(happened('create', 'teamwork', '1', 0), 'ada@acme.test'),
        withEmail(happened('create', 'desk', '3', madeAt), 'ada@acme.test'),
        happened('delete', 'desk', '2', 10),
      ],
    },
  } as never;
}

it('R22 what remained is linked by a restore of a tombstone of its own, not by that of whoever meets it', () => {
  const survivor = { had: { teamwork: '4', desk: '3' }, missing: 'teamwork' } as const;
  const own = { had: { teamwork: '1', desk: '6' }, missing: 'desk' } as const;
  const refused = [expect.stringContaining('R22: link 7')];
  expect(breaks(restoredAfterMerge(own))).toEqual([]);
  expect(breaks(restoredAfterMerge(survivor))).toEqual(refused);
  expect(breaks(restoredAfterMerge({ ...own, missing: 'teamwork' }))).toEqual(refused);
});

it('R17 R22 a merge’s survivor was there before it, however long before it the merged was last read', () => {
  const met = { had: { teamwork: '4', desk: '3' }, missing: 'teamwork' } as const;
  expect(breaks(restoredAfterMerge({ ...met, madeAt: 12 }))).toEqual([]);
  expect(breaks(restoredAfterMerge({ ...met, reason: 'deleted_in_desk' }))).toEqual([]);
  expect(breaks(restoredAfterMerge({ ...met, madeAt: 9 }))).toEqual([expect.stringContaining('R22: link 7')]);
});
