/** A company's people in the same action as the company (R25), as `src/store/join-people.ts` finds them. */
import type { Link } from '../../../src/domain/link';
import { sides, type Side } from '../../../src/domain/record';
import { OperationRefused } from '../../../src/store/operation-frame';
import { addDue } from './due';
import { joinAgain, withoutCompanies } from './join-again';
import { changeLink } from './link-rows';
import { recordRow } from './mirror';
import type { Frame } from './operation-frame';

/** `company` is the link as it was before it was joined again. Answers how many of its people come along. */
export function joinPeople(frame: Frame, company: Link): number {
  return peopleToJoin(frame, company).filter((link) => joinPerson({ ...frame, link })).length;
}

function joinPerson(frame: Frame): boolean {
  const { memory, rows, link } = frame;
  if (link.phase === 'active') {
    changeLink(rows, link.number, { bases: withoutCompanies(link) });
    addDue(memory, rows, [{ link: link.number, priority: 2, run: null, at: null, read: sides }]);
    return true;
  }
  try {
    joinAgain(frame);
    return true;
  } catch (error) {
    if (error instanceof OperationRefused) return false;
    throw error;
  }
}

/** Broken with the company or standing in it; or suspended since it was blanked. What an operator unlinked stays so. */
export function peopleToJoin({ rows }: Frame, { number, ids: company }: Link): Link[] {
  const companyOf = (side: Side, id: string | null) =>
    recordRow(rows, 'customer', { side, id: id ?? '' })?.record.fields.company;
  const isDeleted = ({ reason }: Link) => reason === 'deleted_in_teamwork' || reason === 'deleted_in_desk';
  const belongs = ({ tombstone, bases, ids }: Link) =>
    tombstone?.causeLink === number ||
    sides.some((side) => {
      const id = company[side];
      return id !== null && (bases[side].company === id || companyOf(side, ids[side]) === id);
    });
  const isBlanked = ({ bases, ids }: Link) =>
    sides.some((side) => {
      const id = company[side];
      const present = companyOf(side, ids[side]);
      if (id === null || bases[side].company !== id) return false;
      const isGone = recordRow(rows, 'company', { side, id })?.record.presence === 'gone';
      return present === '' || (present === id && isGone);
    });
  return [...rows.links.values()]
    .map(({ link }) => link)
    .filter((link) => {
      if (link.kind !== 'customer') return false;
      if (link.phase === 'active') return isBlanked(link);
      const hasBoth = link.ids.teamwork !== null && link.ids.desk !== null;
      return link.phase === 'broken' && isDeleted(link) && hasBoth && belongs(link);
    })
    .sort((one, other) => one.number - other.number);
}
