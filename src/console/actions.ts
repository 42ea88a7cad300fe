/** What an operator can do to one link from its page: when it is offered, what it says before, what it does. */
import type { LinkView } from '../domain/plan';
import { fieldsOf, sides, type Field, type Side } from '../domain/record';
import type { Done } from '../operate';
import type { Role } from '../ports/accounts';
import type { Operation } from '../ports/operations';
import { fieldTitles } from '../wording/field-titles';
import { countText, productOf } from '../wording/words';
import type { FormValues } from './route';

export interface Action {
  readonly title: string;
  readonly role: Exclude<Role, 'viewer'>;
  readonly isOffered: (view: LinkView) => boolean;
  /** What will happen, before it does. */
  readonly before: (view: LinkView, query: FormValues) => string;
  /** Of a company: the box that takes its people along. */
  readonly withPeople?: true;
  /** Null where the form does not say what was meant. */
  readonly operation: (form: FormValues) => Operation | null;
  readonly after: (done: Done) => string;
}

const isThere = (view: LinkView, side: Side) =>
  view.records[side]?.presence === 'present' && !view.records[side].deleted;
const both = (view: LinkView) => sides.every((side) => isThere(view, side));

export const actions: Readonly<Record<string, Action>> = {
  unlink: {
    title: 'Unlink',
    role: 'operator',
    isOffered: ({ link }) => link.phase === 'active',
    before: () =>
      'The link breaks. Both records stay as they are, neither is deleted, and nothing is written to either by itself any more. It can be joined again later.',
    operation: () => ({ verb: 'unlink' }),
    after: () => 'Unlinked. Both records stay as they are; relink joins them again.',
  },
  relink: {
    title: 'Relink',
    role: 'operator',
    isOffered: (view) => view.link.phase === 'broken' && both(view),
    before: () =>
      'Both records are read, and joined again. What was changed on one side since the break is written to the other; where both changed the same field, the conflict policy decides and the loser is kept.',
    withPeople: true,
    operation: (form) => ({ verb: 'relink', withPeople: form.isChecked('withPeople') }),
    after: (done) => `Joined again.${pausedText(done)}${alongText(done)}`,
  },
  restore: {
    title: 'Restore',
    role: 'operator',
    isOffered: (view) =>
      view.link.phase === 'broken' && !both(view) && sides.some((side) => isThere(view, side)),
    before: (view) => {
      const from = isThere(view, 'teamwork') ? 'teamwork' : 'desk';
      return `The missing record is made anew in ${productOf[from === 'desk' ? 'teamwork' : 'desk']} from the one in ${productOf[from]}, with a new id, and the two are linked.`;
    },
    withPeople: true,
    operation: (form) => ({ verb: 'restore', withPeople: form.isChecked('withPeople') }),
    after: (done) => `The missing record is being made anew.${pausedText(done)}${alongText(done)}`,
  },
  ask: {
    title: 'Add in Teamwork.com',
    role: 'operator',
    isOffered: ({ link }) => link.phase === 'lone' && link.ids.desk !== null,
    before: ({ link }) =>
      link.kind === 'company'
        ? 'The company becomes a client in Teamwork.com: linked with the client of its name if there is one that stands alone, else made. The customers that it has now follow as contacts.'
        : 'The customer becomes a contact in Teamwork.com, in the client that its company is linked with.',
    operation: () => ({ verb: 'ask' }),
    after: (done) =>
      done.status === 'question'
        ? 'Asked for; it has a question first.'
        : `Asked for; it follows now.${pausedText(done)}`,
  },
  'ask-for-people': {
    title: 'Bring its customers',
    role: 'operator',
    isOffered: ({ link }) => link.kind === 'company' && link.phase === 'active',
    before: () =>
      'Every customer of the company who has no contact in Teamwork.com becomes one, earlier and excluded ones too. Who lacks a name or an email stays out.',
    operation: () => ({ verb: 'askForPeople' }),
    after: ({ people }) => `${countText(people, 'customer')} will be made contacts.`,
  },
  retry: {
    title: 'Read and try again',
    role: 'operator',
    isOffered: ({ link }) => link.phase === 'lone' || link.phase === 'active',
    before: () =>
      'Its records are read from both products now, and decided anew. What failed is tried again.',
    operation: () => ({ verb: 'retry' }),
    after: (done) => `It is read and tried again.${pausedText(done)}`,
  },
  pause: {
    title: 'Pause',
    role: 'operator',
    isOffered: ({ link }) => link.phase !== 'broken' && !link.paused,
    before: () =>
      'No new write starts for this record. What changes meanwhile is not lost, and caught up with on resume.',
    operation: () => ({ verb: 'pause' }),
    after: () => 'Paused.',
  },
  resume: {
    title: 'Resume',
    role: 'operator',
    isOffered: ({ link }) => link.paused,
    before: ({ link }) =>
      link.phase === 'broken'
        ? 'Its link stays broken; joined again, it is not paused any more.'
        : 'It is written again; what changed meanwhile is caught up with.',
    operation: () => ({ verb: 'resume' }),
    after: () => 'Resumed.',
  },
  choose: {
    title: 'Choose a value',
    role: 'operator',
    // Offered beside each field, not among the actions.
    isOffered: () => false,
    before(_view, query) {
      const chosen = choiceIn(query);
      if (chosen === null) return 'It does not say which field of which side is meant.';
      const whose = `${productOf[chosen.side]}’s ${fieldTitles[chosen.field]}`;
      return `${whose} is written to both sides: what it says now or, where both say the same by now, what it said when it last lost.`;
    },
    operation(form) {
      const chosen = choiceIn(form);
      return chosen === null ? null : { verb: 'choose', ...chosen };
    },
    after: (done) => `The chosen value is written to both sides.${pausedText(done)}`,
  },
  answer: {
    title: 'Answer',
    role: 'operator',
    isOffered: () => false,
    before: () => 'The answer is remembered, and not asked for again.',
    operation(form) {
      const verdict = form.text('verdict');
      if (verdict !== 'same' && verdict !== 'apart') return null;
      return { verb: 'answer', verdict, id: form.text('id') === '' ? null : form.text('id') };
    },
    after: (done) => `Remembered.${pausedText(done)}`,
  },
  forget: {
    title: 'Forget the person',
    role: 'administrator',
    isOffered: ({ link }) => link.kind === 'customer',
    before: () =>
      'Every name, email and value of this person is wiped from everything kept here, and the link breaks. The records in both products stay; delete them there yourself. This cannot be undone.',
    operation: () => ({ verb: 'forget' }),
    after: () => 'Forgotten: nothing of the person is kept here any more.',
  },
};

function choiceIn(form: FormValues): { readonly field: Field; readonly side: Side } | null {
  const field = [...fieldsOf.company, ...fieldsOf.customer].find((one) => one === form.text('field'));
  const side = sides.find((one) => one === form.text('side'));
  return field === undefined || side === undefined ? null : { field, side };
}

/** R30: what comes of it waits for the end of the pause, which outlives a break, too. */
function pausedText({ status }: Done): string {
  return status === 'paused' ? ' It is paused: nothing is written until it is resumed.' : '';
}

function alongText({ people, offered }: Done): string {
  const came = people > 0 ? ` ${countText(people, 'person', 'people')} came along.` : '';
  const stayed = offered > 0 ? ` ${countText(offered, 'person', 'people')} belonged to it and did not.` : '';
  return came + stayed;
}
