/** An active link: are its two records there, and are their synced fields equal (R8, R13) or unequal for a stated reason? */
import { canonicalEmail, isBlank, isEmail, sameValue } from './canonical';
import type { FieldNote, Link } from './link';
import type { Finding } from './verify';
import { companyLinkOf, emailsOf, isPaused, type World } from './verify-index';
import { fieldsOf, otherSide, type Field, type FieldValue, type Observation, type Side } from './record';

interface Judged {
  /** Empty where everything that was read agrees. */
  readonly finding: readonly Finding[];
  readonly unreadFields: readonly Field[];
}

interface Pair {
  readonly teamwork: Observation;
  readonly desk: Observation;
}

export function judgePair(world: World, link: Link): Judged {
  const { kind, number, ids, status, reason } = link;
  const subject = { kind, link: number, ids, fields: [] };
  const paused = { ...subject, status: 'paused', reason: 'paused_by_operator' } as const;
  const teamwork = world.records.teamwork[kind].get(ids.teamwork ?? '');
  const desk = world.records.desk[kind].get(ids.desk ?? '');
  if (teamwork === undefined || desk === undefined) {
    if (isPaused(world, kind, link)) return found(paused);
    return found(
      status === 'held' ? { ...subject, status, reason } : { ...subject, cause: 'record_gone', reason },
    );
  }

  const { unequal, noted, unread } = compare(world, link, { teamwork, desk });
  const explainedFields = noted.map(({ field, reason: why }): Finding => ({
    ...subject,
    status: 'field',
    fields: [field],
    reason: why,
  }));
  const finding = ((): Finding | null => {
    if (status === 'question' || status === 'held') return { ...subject, status, reason };
    if (status === 'suspended' || mustNotSync(world, { teamwork, desk })) {
      const founded = status === 'suspended' && isSuspended(world, { teamwork, desk });
      return founded ? { ...subject, status, reason } : { ...subject, cause: 'status_unfounded', reason };
    }
    if (status === 'failing' || status === 'pending') {
      return isPaused(world, kind, link) ? paused : { ...subject, cause: status, reason, fields: unequal };
    }
    if (unequal.length > 0) {
      return isPaused(world, kind, link)
        ? paused
        : { ...subject, cause: 'fields_differ', reason, fields: unequal };
    }
    return null;
  })();
  return {
    finding: finding === null ? explainedFields : [finding, ...explainedFields],
    unreadFields: unread,
  };
}

function found(finding: Finding): Judged {
  return { finding: [finding], unreadFields: [] };
}

function compare(world: World, link: Link, pair: Pair) {
  const unequal: Field[] = [];
  const noted: FieldNote[] = [];
  const unread: Field[] = [];
  for (const field of fieldsOf[link.kind]) {
    const [ours, theirs] = [pair.teamwork.fields[field], pair.desk.fields[field]];
    if (ours === undefined || theirs === undefined) {
      unread.push(field);
      continue;
    }
    if (isSame(world, field, pair, [ours, theirs])) continue;
    const note = link.notes.find((one) => one.field === field && holds(one, link, pair));
    if (note !== undefined) noted.push(note);
    else if (!sameButForAddress(field, link, pair)) unequal.push(field);
  }
  return { unequal, noted, unread };
}

function isSame(
  world: World,
  field: Field,
  pair: Pair,
  [ours, theirs]: readonly [FieldValue, FieldValue],
): boolean {
  if (field === 'company') return sameCompany(world, pair);
  if (field === 'alternativeEmails')
    return alternativesOnlyOf('teamwork', pair).length + alternativesOnlyOf('desk', pair).length === 0;
  return sameValue(field, ours, theirs);
}

/** An email that is the other side's primary is known there, only in another place. */
function alternativesOnlyOf(side: Side, pair: Pair): string[] {
  const own = canonicalEmail(String(pair[side].fields.email));
  const there = new Set(emailsOf(pair[otherSide(side)]));
  return emailsOf(pair[side]).filter((email) => email !== own && !there.has(email));
}

function sameCompany(world: World, { teamwork, desk }: Pair): boolean {
  const [ours, theirs] = [companyLinkOf(world, teamwork), companyLinkOf(world, desk)];
  return ours !== null && ours.number === theirs?.number;
}

/** Whether what the note says can be seen in the records: a note alone explains nothing. */
function holds({ field, reason }: FieldNote, link: Link, pair: Pair): boolean {
  const [ours, theirs] = [pair.teamwork.fields[field] ?? '', pair.desk.fields[field] ?? ''];
  switch (reason) {
    case 'essential_missing':
      return [ours, theirs].flat().some((value) => isBlank(value) || isNoEmail(field, value));
    case 'limit':
      return field === 'alternativeEmails' && alternativesOnlyOf('teamwork', pair).length === 0;
    case 'email_of_another_person':
      return field === 'alternativeEmails';
    case 'login_email_protected':
      return field === 'email' && pair.teamwork.signsIn;
    case 'login_company_protected':
      return field === 'company' && pair.teamwork.signsIn;
    case 'reformatted':
    case 'both_kept':
    case 'unusable_picture':
      return atBase(field, link, pair);
  }
}

function isNoEmail(field: Field, value: string): boolean {
  return (field === 'email' || field === 'alternativeEmails') && !isEmail(value);
}

/** An avatar's value is its address, which differs from side to side: it agrees while neither has changed. */
function sameButForAddress(field: Field, link: Link, pair: Pair): boolean {
  const bothHave = !isBlank(pair.teamwork.fields[field] ?? '') && !isBlank(pair.desk.fields[field] ?? '');
  return field === 'avatar' && bothHave && atBase(field, link, pair);
}

function atBase(field: Field, link: Link, pair: Pair): boolean {
  return (['teamwork', 'desk'] as const).every((side) => {
    const [base, value]: (FieldValue | undefined)[] = [link.bases[side][field], pair[side].fields[field]];
    return base !== undefined && value !== undefined && sameValue(field, base, value);
  });
}

/** R25, by what is there now: the companies of the two are not linked to each other. */
function isSuspended(world: World, pair: Pair): boolean {
  return mustNotSync(world, pair) || !sameCompany(world, pair);
}

/** R1: it became one of the site's own. */
function mustNotSync(world: World, { teamwork, desk }: Pair): boolean {
  if (teamwork.scope !== 'client') return true;
  return desk.kind === 'customer' && emailsOf(desk).some((email) => world.staffEmails.has(email));
}
