/** The one action that would change an answer (R31): a command with the real ids where one does it, else a sentence. */
import type { FieldNote, Link, Reason } from './link';
import type { Because } from './plan';

export const program = 'teamwork-desk-sync';

type Action = string | ((fact: Because, link: Link, because: readonly Because[]) => string | null);

const fillIn = 'Fill it in on the record; the next read of it goes on by itself.';
const connect = (how: string) => `\`${program} connect\` with ${how}.`;

const addAsClient: Action = ({ kind, side, id }) =>
  kind === 'company' && side === 'desk' && id !== null ? `${program} add-as-client ${id}` : null;
const createContact: Action = ({ side, id }) =>
  side === 'desk' && id !== null ? `${program} create-contact ${id}` : null;
const retry: Action = (_, { number }) => `${program} retry ${number}`;
/** A person's company is joined again together with its people. */
const ofCompany = (verb: 'relink' | 'restore', fact: Because, own: Link): string | null =>
  fact.kind === 'company' && fact.link !== null && fact.link !== own.number
    ? `${program} ${verb} ${fact.link} --with-people`
    : null;
const relink: Action = (fact, own) => ofCompany('relink', fact, own) ?? `${program} relink ${own.number}`;
/** Of a lone record that vanished nothing is left to restore. */
const restore: Action = (fact, own) =>
  ofCompany('restore', fact, own) ?? (own.phase === 'broken' ? `${program} restore ${own.number}` : null);

/** Between several candidates, any of them stands in the place of the id. */
const answer: Action = (_, { number }, because) => {
  const candidates = because.flatMap(({ link, id }) => (link === number || id === null ? [] : [id]));
  return `${program} answer ${number} same ${candidates.join('|')}`;
};

const actions: Readonly<Partial<Record<Reason, Action>>> = {
  not_asked: addAsClient,
  unchecked: (fact, link, because) =>
    because.length > 1 ? answer(fact, link, because) : addAsClient(fact, link, because),
  no_company: 'Put the customer into a linked company.',
  company_not_linked: (fact, link, because) =>
    fact.link === link.number ? 'Move the person into a linked company.' : addAsClient(fact, link, because),
  company_failing: ({ link }, own) =>
    link === null || link === own.number ? null : `${program} retry ${link}`,
  companies_differ: 'Move the person on one side.',
  automatic_creation_off: createContact,
  earlier_customer: createContact,
  missing_name: fillIn,
  missing_first_name: fillIn,
  missing_last_name: fillIn,
  missing_email: fillIn,
  malformed_email: 'Correct the email on the record.',
  ambiguous_match: answer,
  contradicting_match: answer,
  companies_not_linked_to_each_other: answer,
  made_after_break: answer,
  perhaps_made_by_us: answer,
  taken: 'Change or link the holder; then it goes on by itself.',
  wait_for_each_other: 'Make the same exchange on the other side, too; both then agree by themselves.',
  refused: retry,
  remote_ignored: retry,
  vendor_answer_not_understood: retry,
  credentials_refused: connect('a credential that works'),
  forbidden: connect('a credential of an administrator'),
  paused_by_operator: (_, { number }) => `${program} resume ${number}`,
  mass_change: `\`${program} attention\` shows its hold, for \`approve\` or \`reject\`.`,
  mass_change_rejected: 'Edit the record; it is then decided anew.',
  vendor_sync_running: `Switch one of the two off; then \`${program} connect --vendor-sync off\`.`,
  deleted_in_teamwork: restore,
  deleted_in_desk: restore,
  back_from_trash: relink,
  unlinked_by_operator: relink,
};

/** The chain's last word: the last fact that somebody can do something about. */
export function actionOf(because: readonly Because[], reason: Reason, link: Link): string | null {
  const own = { reason, kind: link.kind, link: link.number, side: null, id: null };
  for (const fact of [own, ...because].reverse()) {
    const action = actions[fact.reason];
    const said = typeof action === 'function' ? action(fact, link, because) : (action ?? null);
    if (said !== null) return said;
  }
  return null;
}

/** R27: a field that only an operator may move; Desk's value is the one that waits. */
export function actionOnNotes(notes: readonly FieldNote[], { number }: Link): string | null {
  const note = notes.find(({ reason }) => reason.startsWith('login_'));
  return note === undefined ? null : `${program} choose ${number} ${note.field} desk`;
}
