/** Every reason as a sentence (R31); `action.ts` says what would change it. */
import type { Reason } from './link';

export const explanations: Readonly<Record<Reason, { readonly sentence: string }>> = {
  agreed: { sentence: 'Both sides agree.' },
  changes_to_write: { sentence: 'There is something to write.' },
  not_yet_decided: { sentence: 'The record was just heard of; it is read and decided next.' },
  settling: {
    sentence:
      'The answer to a write was lost; after the settle time the record is looked for before anything is sent again.',
  },
  not_asked: {
    sentence: 'The company was made in Desk and nobody asked for it in Teamwork.com.',
  },
  unchecked: {
    sentence: '“Add as a client in Teamwork.com” was left unchecked.',
  },
  no_company: {
    sentence: 'The customer belongs to no company; only customers of linked companies sync.',
  },
  company_not_linked: {
    sentence: 'The company it belongs to stands alone.',
  },
  company_broken: {
    sentence: 'The link of its company is broken.',
  },
  company_not_yet_linked: { sentence: 'It waits until its company is linked.' },
  company_failing: {
    sentence: 'It waits for its company, which could not be written.',
  },
  companies_differ: {
    sentence: 'The two sides have the person in companies that are not linked to each other.',
  },
  owner_company: { sentence: "It is the site's own company, which never syncs." },
  owner_company_person: {
    sentence: 'The person belongs to the owner company, whose people never sync.',
  },
  service_account: { sentence: 'It is a service account or a placeholder, not a person.' },
  automatic_creation_off: {
    sentence: 'Contacts are not created automatically: the Cross Product setting is off.',
  },
  earlier_customer: {
    sentence: 'The customer was in the company before it was linked by matching.',
  },
  missing_name: { sentence: 'The name is blank.' },
  missing_first_name: { sentence: 'The first name is blank.' },
  missing_last_name: { sentence: 'The last name is blank.' },
  missing_email: { sentence: 'The email is blank.' },
  malformed_email: {
    sentence: 'The email is not one that the other side takes.',
  },
  ambiguous_match: { sentence: 'Several records could be its counterpart.' },
  contradicting_match: { sentence: 'Its name and its domain point to different records.' },
  companies_not_linked_to_each_other: {
    sentence: 'The same email stands on both sides, in companies that are not linked to each other.',
  },
  made_after_break: {
    sentence: 'What it matches remained when an earlier link was broken, and may be another’s.',
  },
  perhaps_made_by_us: {
    sentence:
      'The answer to its creation was lost, and what was made may have been edited before it was looked for.',
  },
  taken: {
    sentence: 'Its name or email is held by another record on the other side.',
  },
  wait_for_each_other: {
    sentence:
      'Two records exchanged a name or an email, and on the other side each still holds what the other is to have.',
  },
  refused: {
    sentence: 'The other side refused the write.',
  },
  remote_ignored: { sentence: 'The other side accepted the write and kept its old value.' },
  credentials_refused: {
    sentence: 'The credential is no longer accepted.',
  },
  forbidden: {
    sentence: 'The credential may not write this record.',
  },
  vendor_unavailable: {
    sentence: 'The other side did not answer; it is tried again by itself.',
  },
  vendor_answer_not_understood: {
    sentence: 'The other side answered in a form that we do not understand; nothing was concluded from it.',
  },
  paused_by_operator: { sentence: 'An operator paused it.' },
  mass_change: {
    sentence: 'It is part of a mass change that waits for an approval.',
  },
  mass_change_rejected: {
    sentence: 'It was part of a mass change that an operator rejected; nothing of it was done.',
  },
  vendor_sync_running: {
    sentence: "The vendor's own sync seems to run; we link what it makes and create nothing.",
  },
  gone_to_be_confirmed: {
    sentence: 'It was not in a complete listing; it is read directly before anything is concluded.',
  },
  deleted_in_teamwork: {
    sentence: 'It was deleted in Teamwork.com; the record in Desk stays.',
  },
  deleted_in_desk: {
    sentence: 'It was deleted in Desk; the record in Teamwork.com stays.',
  },
  deleted_on_both: { sentence: 'It was deleted on both sides.' },
  merged_in_desk: { sentence: 'It was merged into another customer in Desk.' },
  forgotten: {
    sentence: 'The person was forgotten on request: nothing of them is kept, and nothing is synced (R32).',
  },
  back_from_trash: {
    sentence: 'The deleted record is there again; nothing is joined by itself.',
  },
  unlinked_by_operator: { sentence: 'An operator unlinked it.' },
};
