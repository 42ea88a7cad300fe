/** Makes up people: names in many scripts, emails that are unique in the whole site. */
import type { Random } from '../random';
import type { Word } from './person-names';
import { COMMON_NAMES, OTHER_SCRIPTS } from './person-names';

export interface PersonIdentity {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** The name in plain letters, for handles and further addresses. */
  readonly plain: string;
}

const PUBLIC_MAIL = ['gmail.com', 'outlook.com', 'yahoo.com', 'icloud.com', 'web.de', 'proton.me'];

export function createPeople(random: Random) {
  const taken = new Set<string>();

  /** An address nobody has yet: the first free of name, name2, name3 … at the domain. */
  function freeEmail(local: string, domain: string): string {
    let email = `${local}@${domain}`;
    for (let n = 2; taken.has(email); n += 1) email = `${local}${n}@${domain}`;
    taken.add(email);
    return email;
  }

  function name(): { first: Word; last: Word } {
    const names = random.chance(0.9) ? COMMON_NAMES : random.pick(OTHER_SCRIPTS);
    return { first: random.pick(names.first), last: random.pick(names.last) };
  }

  return {
    freeEmail,
    /** A person at a company's domain; one in twelve writes from a public mail provider. */
    someone(domain: string): PersonIdentity {
      const { first, last } = name();
      const plain = `${first.plain}.${last.plain}`;
      const isPublic = random.chance(1 / 12);
      const email = isPublic
        ? freeEmail(`${plain}.${domain.replaceAll('.', '')}`, random.pick(PUBLIC_MAIL))
        : freeEmail(plain, domain);
      return { firstName: first.written, lastName: last.written, email, plain };
    },
  };
}

export type People = ReturnType<typeof createPeople>;

/** As somebody typed it on the other side: Maria.Silva@Company.Example. */
export function recased(email: string): string {
  return email.replace(
    /(^|[.@-])([a-z])/g,
    (_all, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
