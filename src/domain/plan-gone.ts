/** A deletion (R17–R25): it breaks the link, moves it to the survivor of a merge, or waits for the word on its company. */
import { about, aboutOther, nothingToDo } from './plan-shapes';
import type { Reason } from './link';
import type { LinkView, ParentView, Plan, RecordView } from './plan';
import { sides, type Side } from './record';

/** R18–R21: the other side's record stays as it is. */
export function planGone(
  view: LinkView,
  gone: readonly Side[],
  { teamwork: contact, desk }: Readonly<Record<Side, RecordView>>,
): Plan {
  if (gone.length === sides.length) return broken(view, 'deleted_on_both', null, null);
  if (gone.includes('desk')) {
    const { survivor } = view;
    if (survivor === null) return broken(view, 'deleted_in_desk', 'desk', null);
    const isFresh = isReadSince(survivor.record, desk);
    return isFresh ? planMerged(view, survivor) : readSurvivor(survivor);
  }
  const company = view.parents.teamwork;
  if (!company?.link) return broken(view, 'deleted_in_teamwork', 'teamwork', null);
  return withCompany(view, contact, company, company.link);
}

/** Before the deletion the email may have gone over to the deleted one, while the mirror still has it with this one. */
function readSurvivor({ record: { id }, link }: NonNullable<LinkView['survivor']>): Plan {
  const because = [aboutOther('gone_to_be_confirmed', 'customer', { link, side: 'desk', id })];
  return {
    ...nothingToDo('gone_to_be_confirmed', 'pending', 'gone_to_be_confirmed', because),
    readAgain: ['desk'],
  };
}

/**
 * R17: the survivor takes over a link that it has none of; else the secondary's ends, and its contact stays. So it does
 * where an operator told the contact and the survivor apart, which is remembered (R14).
 */
function planMerged(view: LinkView, survivor: NonNullable<LinkView['survivor']>): Plan {
  const because = [
    about(view, 'merged_in_desk', 'desk'),
    aboutOther('merged_in_desk', 'customer', { link: survivor.link, side: 'desk', id: survivor.record.id }),
  ];
  if (survivor.link !== null || survivor.toldApart) {
    return {
      ...nothingToDo('merged', 'broken', 'merged_in_desk', because),
      breakAs: { reason: 'merged_in_desk', side: 'desk', causeLink: null },
    };
  }
  return {
    ...nothingToDo('merged', 'pending', 'merged_in_desk', because),
    moveTo: survivor.record.id,
    readAgain: ['desk'],
  };
}

/**
 * Teamwork.com deletes the people of a company with it (R21, R25), and the signs come in any order: the company is read
 * before a person's deletion is taken for one of its own.
 */
function withCompany(
  view: LinkView,
  record: RecordView,
  company: ParentView,
  link: NonNullable<ParentView['link']>,
): Plan {
  const isGone = company.presence === 'gone';
  if (link.phase === 'broken')
    return broken(view, 'deleted_in_teamwork', 'teamwork', isGone ? link.number : null);
  if (link.phase !== 'active') return broken(view, 'deleted_in_teamwork', 'teamwork', null);
  const about = aboutOther('gone_to_be_confirmed', 'company', {
    link: link.number,
    side: 'teamwork',
    id: company.id,
  });
  if (isGone && link.status === 'held') {
    return nothingToDo('gone', 'held', 'mass_change', [{ ...about, reason: 'mass_change' }]);
  }
  if (!isGone && isReadSince(company, record)) return broken(view, 'deleted_in_teamwork', 'teamwork', null);
  return {
    ...nothingToDo('gone_to_be_confirmed', 'pending', 'gone_to_be_confirmed', [about]),
    companyFirst: { link: link.number, side: 'teamwork', read: !isGone },
  };
}

export function isReadSince(
  { presence, readAt }: Pick<ParentView, 'presence' | 'readAt'>,
  record: Pick<RecordView, 'readAt'>,
): boolean {
  return presence === 'present' && (readAt ?? '') >= record.readAt;
}

function broken(view: LinkView, reason: Reason, side: Side | null, causeLink: number | null): Plan {
  return {
    ...nothingToDo(side === null ? 'gone_on_both' : 'gone', 'broken', reason, [about(view, reason, side)]),
    breakAs: { reason, side, causeLink },
  };
}
