/** Every reason as a sentence, and the one action that would change it (R31). */
import type { Reason } from './link';
import type { Because } from './plan';

interface Explanation {
  readonly sentence: string;
  /** What would change the answer, and who does it; null when nothing is to be done. */
  readonly action: string | null;
}

const asClient = 'Make the client in Teamwork.com under the same name; the next InitialSync links the two.';
const asContact = 'Make the contact in Teamwork.com; the next InitialSync links the two.';
const apart = 'Let names, domains or emails tell them apart; `sync start` then decides anew.';
const tryAgain = '`sync start` tries it again.';
const broken = 'Nothing happens by itself: a broken link stays broken (R22).';
const fillIn = 'Fill it in on the record; the next read of it goes on by itself.';

export const explanations: Readonly<Record<Reason, Explanation>> = {
  agreed: { sentence: 'Both sides agree.', action: null },
  changes_to_write: { sentence: 'There is something to write.', action: null },
  not_yet_decided: { sentence: 'The record was just heard of; it is read and decided next.', action: null },
  settling: {
    sentence:
      'The answer to a write was lost; after the settle time the record is looked for before anything is sent again.',
    action: null,
  },
  not_asked: {
    sentence: 'The company was made in Desk and nobody asked for it in Teamwork.com.',
    action: asClient,
  },
  unchecked: {
    sentence: '“Add as a client in Teamwork.com” was left unchecked.',
    action: asClient,
  },
  no_company: {
    sentence: 'The customer belongs to no company; only customers of linked companies sync.',
    action: 'Put the customer into a linked company.',
  },
  company_not_linked: {
    sentence: 'The company it belongs to stands alone.',
    action: 'Move the person into a linked company.',
  },
  company_broken: {
    sentence: 'The link of its company is broken.',
    action: broken,
  },
  company_not_yet_linked: { sentence: 'It waits until its company is linked.', action: null },
  company_failing: {
    sentence: 'It waits for its company, which could not be written.',
    action: 'Put the company right; its people follow by themselves.',
  },
  companies_differ: {
    sentence: 'The two sides have the person in companies that are not linked to each other.',
    action: 'Move the person on one side.',
  },
  owner_company: { sentence: "It is the site's own company, which never syncs.", action: null },
  owner_company_person: {
    sentence: 'The person belongs to the owner company, whose people never sync.',
    action: null,
  },
  service_account: { sentence: 'It is a service account or a placeholder, not a person.', action: null },
  automatic_creation_off: {
    sentence: 'Contacts are not created automatically: the Cross Product setting is off.',
    action: asContact,
  },
  earlier_customer: {
    sentence: 'The customer was in the company before it was linked by matching.',
    action: asContact,
  },
  missing_name: { sentence: 'The name is blank.', action: fillIn },
  missing_first_name: { sentence: 'The first name is blank.', action: fillIn },
  missing_last_name: { sentence: 'The last name is blank.', action: fillIn },
  missing_email: { sentence: 'The email is blank.', action: fillIn },
  malformed_email: {
    sentence: 'The email is not one that the other side takes.',
    action: 'Correct the email on the record.',
  },
  ambiguous_match: { sentence: 'Several records could be its counterpart.', action: apart },
  contradicting_match: { sentence: 'Its name and its domain point to different records.', action: apart },
  companies_not_linked_to_each_other: {
    sentence: 'The same email stands on both sides, in companies that are not linked to each other.',
    action: apart,
  },
  made_after_break: { sentence: 'The record was made after an earlier link was broken.', action: apart },
  taken: {
    sentence: 'Its name or email is held by another record on the other side.',
    action: 'Change or link the holder; then it goes on by itself.',
  },
  refused: {
    sentence: 'The other side refused the write.',
    action: 'Correct the record; `sync start` tries it again.',
  },
  remote_ignored: { sentence: 'The other side accepted the write and kept its old value.', action: tryAgain },
  credentials_refused: {
    sentence: 'The credential is no longer accepted.',
    action: '`connect` with a credential that works.',
  },
  forbidden: {
    sentence: 'The credential may not write this record.',
    action: '`connect` with a credential of an administrator.',
  },
  vendor_unavailable: {
    sentence: 'The other side did not answer; it is tried again by itself.',
    action: null,
  },
  vendor_answer_not_understood: {
    sentence: 'The other side answered in a form that we do not understand; nothing was concluded from it.',
    action: tryAgain,
  },
  paused_by_operator: { sentence: 'An operator paused it.', action: 'Resume it.' },
  mass_change: {
    sentence: 'It is part of a mass change that waits for an approval.',
    action: 'Approve or reject it.',
  },
  mass_change_rejected: {
    sentence: 'It was part of a mass change that an operator rejected; nothing of it was done.',
    action: 'Edit the record; it is then decided anew.',
  },
  vendor_sync_running: {
    sentence: "The vendor's own sync seems to run; we link what it makes and create nothing.",
    action: 'Switch one of the two off; then `connect --vendor-sync off`.',
  },
  gone_to_be_confirmed: {
    sentence: 'It was not in a complete listing; it is read directly before anything is concluded.',
    action: null,
  },
  deleted_in_teamwork: {
    sentence: 'It was deleted in Teamwork.com; the record in Desk stays.',
    action: broken,
  },
  deleted_in_desk: {
    sentence: 'It was deleted in Desk; the record in Teamwork.com stays.',
    action: broken,
  },
  deleted_on_both: { sentence: 'It was deleted on both sides.', action: null },
  merged_in_desk: { sentence: 'It was merged into another customer in Desk.', action: broken },
  forgotten: {
    sentence: 'The person was forgotten on request: nothing of them is kept, and nothing is synced (R32).',
    action: null,
  },
  back_from_trash: {
    sentence: 'The deleted record is there again; nothing is joined by itself.',
    action: broken,
  },
  unlinked_by_operator: { sentence: 'An operator unlinked it.', action: broken },
};

/** The chain's last word: the first fact that somebody can do something about. */
export function actionOf(because: readonly Because[], reason: Reason): string | null {
  for (const fact of [...because].reverse()) {
    const { action } = explanations[fact.reason];
    if (action !== null) return action;
  }
  return explanations[reason].action;
}
