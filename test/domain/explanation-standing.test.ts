/** R31: which of several words on a link is its status: what the records lead to, an operator's, or a side's refusal. */
import { explainLink, type SiteStand } from '../../src/domain/explanation';
import type { Link } from '../../src/domain/link';
import type { LinkView } from '../../src/domain/plan';
import { explanations } from '../../src/domain/explain';
import { aCompany, aPerson, linked, lone, tombstone } from '../support/views';

const open: SiteStand = { frozen: null, paused: { site: false, kinds: [] } };
const paused: SiteStand = { frozen: null, paused: { site: true, kinds: [] } };

const agreeing = linked(aCompany('teamwork', '7'), aCompany('desk', '70'));
const edited = {
  ...agreeing,
  records: { ...agreeing.records, desk: aCompany('desk', '70', { name: 'New' }) },
};
const deleted = {
  ...agreeing,
  records: { ...agreeing.records, desk: aCompany('desk', '70', {}, { presence: 'gone' }) },
};

function withLink(view: LinkView, link: Partial<Link>): LinkView {
  return { ...view, link: { ...view.link, ...link } };
}
const broken = withLink(deleted, { phase: 'broken', tombstone });
const told = (view: LinkView, stand = open) => {
  const { status, reason, action } = explainLink(view, stand);
  return [status, reason, action];
};

test.each<[string, LinkView, SiteStand, ReturnType<typeof told>]>([
  ['R30 a paused site', edited, paused, ['paused', 'paused_by_operator', 'teamwork-desk-sync resume']],
  [
    'R30 a paused record of a site in which another kind is',
    withLink(edited, { paused: true }),
    { ...open, paused: { site: false, kinds: ['customer'] } },
    ['paused', 'paused_by_operator', 'teamwork-desk-sync resume 1'],
  ],
  [
    'R22 what is broken, in a paused site',
    broken,
    paused,
    ['broken', 'deleted_in_desk', 'teamwork-desk-sync restore 1'],
  ],
  [
    'R22 what is broken, of a paused kind',
    broken,
    { ...open, paused: { site: false, kinds: ['company'] } },
    ['broken', 'deleted_in_desk', 'teamwork-desk-sync restore 1'],
  ],
  [
    'R22 what is broken, in a frozen site',
    broken,
    { ...open, frozen: 'It is refused.' },
    ['broken', 'deleted_in_desk', 'teamwork-desk-sync restore 1'],
  ],
  [
    'R30 what a side refused, in a paused site',
    withLink(edited, { status: 'failing', reason: 'refused' }),
    paused,
    ['paused', 'paused_by_operator', 'teamwork-desk-sync resume'],
  ],
  [
    'R31 what a side refused, healed since',
    withLink(agreeing, { status: 'failing', reason: 'refused' }),
    open,
    ['in_sync', 'agreed', null],
  ],
  [
    'R31 what fails for no reason that is told',
    withLink(edited, { status: 'failing' }),
    open,
    ['pending', 'changes_to_write', null],
  ],
  [
    'R26 an edit that is held',
    withLink(edited, { status: 'held', reason: 'mass_change' }),
    open,
    ['held', 'mass_change', '`teamwork-desk-sync attention` shows its hold, for `approve` or `reject`.'],
  ],
  [
    'R26 a deletion that is held',
    withLink(deleted, { status: 'held', reason: 'mass_change' }),
    open,
    ['held', 'mass_change', '`teamwork-desk-sync attention` shows its hold, for `approve` or `reject`.'],
  ],
  [
    'R23 a deletion of what a side had refused',
    withLink(deleted, { status: 'failing', reason: 'refused' }),
    open,
    ['broken', 'deleted_in_desk', null],
  ],
  [
    'R26 what was held and agrees by now',
    withLink(agreeing, { status: 'held', reason: 'mass_change' }),
    open,
    ['in_sync', 'agreed', null],
  ],
  [
    'R26 another than the held one',
    { ...withLink(edited, { status: 'failing', reason: 'refused' }), hold: 12 },
    open,
    ['failing', 'refused', 'teamwork-desk-sync retry 1'],
  ],
  [
    'R25 what rested and goes on',
    withLink(edited, { status: 'suspended', reason: 'company_broken' }),
    open,
    ['pending', 'changes_to_write', null],
  ],
  [
    'R14 a question about a lone record that is answered by now',
    withLink(lone(aCompany('teamwork', '7')), { status: 'question', reason: 'ambiguous_match' }),
    open,
    ['pending', 'changes_to_write', null],
  ],
  [
    'R31 what is still to be written, for whatever it was before',
    withLink(edited, { status: 'pending', reason: 'settling' }),
    open,
    ['pending', 'changes_to_write', null],
  ],
])('%s', (_, view, stand, expected) => {
  expect(told(view, stand)).toEqual(expected);
});

test('R31 a status without a chain of facts is a fact about the link itself', () => {
  const itself = { kind: 'company', link: 1, side: null, id: null };
  expect(explainLink(agreeing, open).because).toEqual([{ reason: 'agreed', ...itself }]);
  expect(explainLink(edited, paused).because).toEqual([{ reason: 'paused_by_operator', ...itself }]);
  const refused = withLink(edited, { status: 'failing', reason: 'refused' });
  expect(explainLink(refused, open).because).toEqual([{ reason: 'refused', ...itself }]);
});

test('R9 notes are those of the decision, of the link where it has none', () => {
  const limit = { field: 'name', reason: 'reformatted' } as const;
  expect(explainLink(withLink(agreeing, { notes: [limit] }), open).notes).toEqual([limit]);
  const blank = { ...agreeing, records: { ...agreeing.records, desk: aCompany('desk', '70', { name: '' }) } };
  expect(explainLink(withLink(blank, { notes: [limit] }), open).notes).toEqual([
    { field: 'name', reason: 'essential_missing' },
  ]);
});

test('R31 a Desk customer came from somewhere, nothing else did', () => {
  const from = (view: LinkView) => explainLink(view, open).origin;
  expect(from(lone(aPerson('desk', '10', {}, { origin: 'ticket' })))).toBe('ticket');
  expect(from(lone(aPerson('teamwork', '1', {}, { origin: 'ticket' })))).toBeNull();
  expect(from(lone(aCompany('desk', '70', {}, { origin: 'desk' })))).toBeNull();
});

test('R31 each reason has a sentence of its own', () => {
  const sentences = Object.entries(explanations).map(([reason, { sentence }]) => ({ reason, sentence }));
  expect(sentences.filter(({ sentence }) => !/^[A-Z“].{10,}\.$/.test(sentence))).toEqual([]);
  expect(new Set(sentences.map(({ sentence }) => sentence)).size).toBe(sentences.length);
  expect(sentences.map(({ reason }) => reason)).toContain('agreed');
});
