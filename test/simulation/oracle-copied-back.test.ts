/** R22: what the oracle holds of a record that a lost create made of one that is gone. */
import { copiedBack } from './oracle/copied-back';
import { at, entry, happened, linkOf, ms, withEmail } from './oracle-broken';

const email = 'ada@acme.test';
const facts = { deletedAt: 40, isAskedAbout: true, by: 'engine', verb: 'pause', actedAt: 50 };

/**
 * Of Teamwork.com's 4 the engine made Desk's 3 at 30; its answer was lost, and it was asked about at 35. 4 was deleted, and
 * at 60 the engine made Teamwork.com's 5 of 3.
 */
function copied(more: Partial<typeof facts> = {}) {
  const { deletedAt, isAskedAbout, by, verb, actedAt } = { ...facts, ...more };
  const detail = { action: 'create', ...(isAskedAbout && { candidates: ['3'] }) };
  const sent = { email };
  const lost = { link: 9, side: 'desk', kind: 'customer', action: 'create', sentAt: at(30), sent };
  const made = (side: 'teamwork' | 'desk', id: string, when: number) => ({
    ...withEmail(happened('create', side, id, when), email),
    ...{ actor: 'engine', sent },
  });
  const act = { at: ms(actedAt), operation: { verb }, result: { done: true, link: 8 } };
  return {
    operators: { acts: [act] },
    rows: {
      intents: new Map([['1', lost]]),
      journal: [entry('no_effect', 9, 35, { side: 'desk', detail })],
      links: new Map([
        linkOf(8, { teamwork: '5', desk: '3' }, { activeSince: at(60) }),
        linkOf(9, { teamwork: '4', desk: null }, { phase: 'lone', activeSince: null }),
      ]),
    },
    products: {
      changes: [
        withEmail(happened('create', 'teamwork', '4', 0), email),
        { ...made('desk', '3', 30), actor: by },
        withEmail(happened('delete', 'teamwork', '4', deletedAt), email),
        made('teamwork', '5', 60),
      ].sort((one, other) => one.at - other.at),
    },
  } as never;
}

it('R15 R22 what was perhaps made of what is deleted is not copied back', () => {
  expect(copiedBack(copied())).toEqual([expect.stringContaining('R22: teamwork customer 5')]);
  expect(copiedBack(copied({ verb: 'answer', actedAt: 70 }))).toHaveLength(1);
});

it.each([
  ['is still there', { deletedAt: 65 }],
  ['nobody was asked about', { isAskedAbout: false }],
  ['somebody else has made', { by: 'user' }],
  ['an operator told apart', { verb: 'answer' }],
  ['an operator restored', { verb: 'restore' }],
])('R15 R22 what %s may be copied', (_, more) => {
  expect(copiedBack(copied(more))).toEqual([]);
});
