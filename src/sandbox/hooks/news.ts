/** What the hooks hear of: the records that changed, told once for all that one call or control did to them. */
import type { Side } from '../settings';
import type { Change, World } from '../world';

/** One event about one record. */
export interface News {
  readonly side: Side;
  readonly event: string;
  readonly record: number;
  /** The token that was behind it; null where none was. */
  readonly token: string | null;
}

type Verb = 'created' | 'edited' | 'deleted';

interface Subject {
  readonly name: 'COMPANY' | 'USER' | 'customer';
  readonly record: number;
  readonly verb: Verb;
}

const VERBS: Readonly<Record<Change['what'], Verb>> = {
  created: 'created',
  updated: 'edited',
  restored: 'edited',
  deleted: 'deleted',
  removed: 'deleted',
};

/** Of several changes in one call the strongest is told: who was made and filled in was made. */
const STRENGTH: Readonly<Record<Verb, number>> = { edited: 0, created: 1, deleted: 2 };

const TEAMWORK_VERBS: Readonly<Record<Verb, string>> = {
  created: 'CREATED',
  edited: 'UPDATED',
  deleted: 'DELETED',
};

/** The customers whose contact this is or was. */
function ownersOf({ before, after }: Change): number[] {
  const owners = [before, after].flatMap((row) =>
    row && 'customerId' in row ? [Number(row.customerId)] : [],
  );
  return [...new Set(owners)];
}

function subjectsOf(change: Change): Subject[] {
  const { table, id: record, what, cause } = change;
  const verb = VERBS[what];
  if (table === 'teamworkCompanies') return [{ name: 'COMPANY', record, verb }];
  if (table === 'teamworkPeople') return [{ name: 'USER', record, verb }];
  // A ticket of a known customer edits nothing of theirs.
  if (table === 'deskCustomers')
    return cause === 'ticket' && verb === 'edited' ? [] : [{ name: 'customer', record, verb }];
  if (table === 'deskContacts')
    return ownersOf(change).map((owner) => ({ name: 'customer', record: owner, verb: 'edited' }));
  return [];
}

function newsOf({ name, record, verb }: Subject, token: string | null): News {
  if (name === 'customer') return { side: 'desk', event: `customer.${verb}`, record, token };
  return { side: 'teamwork', event: `${name}.${TEAMWORK_VERBS[verb]}`, record, token };
}

/** Calls `tell` after every turn in which something changed that a hook may want; `isHeard` spares the work. */
export function watchNews(world: World, isHeard: () => boolean, tell: (news: readonly News[]) => void): void {
  let gathered = new Map<string, { subject: Subject; token: string | null }>();

  function flush(): void {
    const news = [...gathered.values()].map(({ subject, token }) => newsOf(subject, token));
    gathered = new Map();
    tell(news);
  }

  world.onChange((change) => {
    if (!isHeard()) return;
    const subjects = subjectsOf(change);
    if (subjects.length === 0) return;
    // A route writes in one go, so the turn's end is the call's end.
    if (gathered.size === 0) queueMicrotask(flush);
    for (const subject of subjects) {
      const key = `${subject.name} ${subject.record}`;
      const known = gathered.get(key);
      if (known && STRENGTH[known.subject.verb] >= STRENGTH[subject.verb]) continue;
      gathered.set(key, { subject, token: change.token });
    }
  });
}
