/** The oracle's checks of what broke can fail: each is shown a truth that breaks it, and one that does not. */
import type { Link } from '../../src/domain/link';
import type { Side } from '../../src/domain/record';
import type { JournalEntry } from '../../src/ports/reads';
import { breaks } from './oracle/breaks';
import type { Change } from './products/rows';

const ms = (second: number) => Date.parse('2026-03-02T10:00:00Z') + second * 1_000;
const at = (second: number) => new Date(ms(second)).toISOString();

function entry(event: string, link: number, second: number, more: Partial<JournalEntry> = {}): JournalEntry {
  return { at: at(second), link, event, side: null, run: null, workflow: null, detail: {}, ...more };
}

function happened(what: Change['what'], side: Side, id: string, second: number): Change {
  const after = { side, kind: 'customer', id, fields: {} } as Change['after'];
  return { at: ms(second), actor: 'user', what, before: null, after, sent: {}, ignored: [] };
}

function linkOf(number: number, ids: Link['ids'], more: Partial<Link>): [number, { readonly link: Link }] {
  const link = { number, kind: 'customer', phase: 'active', ids, tombstone: null, ...more } as Link;
  return [number, { link }];
}

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
function askedFor(askedAt: number, linkedBefore = false) {
  const tombstone = { reason: 'deleted_in_desk', at: at(20), side: 'desk', causeLink: null } as const;
  const again = { teamwork: '1', desk: '3' };
  const company = { kind: 'company' } as const;
  const ofCompanies = (change: Change): Change => ({ ...change, after: { ...change.after, ...company } });
  const ask = { at: ms(askedAt), operation: { verb: 'ask' }, result: { done: true, link: 8 } };
  return {
    operators: { acts: [ask] },
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

/** Person 1 = 2 was unlinked by hand at 20; the engine made 3 for another at 25, and a user gave it the email `email`. */
function unlinkedThen(email: string) {
  const tombstone = { reason: 'unlinked_by_operator', at: at(20), side: null, causeLink: null } as const;
  const again = { teamwork: '1', desk: '3' };
  const withEmail = (change: Change, of: string, actor: Change['actor']): Change => ({
    ...{ ...change, actor },
    after: { ...change.after, fields: { email: of } },
  });
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
        withEmail(happened('create', 'desk', '3', 25), 'other@acme.test', 'engine'),
        withEmail(happened('update', 'desk', '3', 28), email, 'user'),
      ],
    },
  } as never;
}

it('R22 what the engine made for another, and a user made somebody else since, is a third one', () => {
  expect(breaks(unlinkedThen('ada@acme.test'))).toEqual([]);
  expect(breaks(unlinkedThen('other@acme.test'))).toEqual([expect.stringContaining('R22: link 7')]);
});
