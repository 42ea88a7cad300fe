/** Listings that lie, each in one way, for as long as they are told to; whoever reads a record directly hears the truth. */
import type { Kind, Observation, Side } from '../../../src/domain/record';
import type { ListingPage } from '../../../src/ports/apis';
import { failure } from './faults';

/** What becomes of a page; `first`: the first page of the same listing. Throws what a client throws that understands nothing. */
type Lie = (page: ListingPage, at: { readonly isFirst: boolean; readonly first: ListingPage }) => ListingPage;

const notUnderstood = (): never => {
  throw failure('contract');
};
const withEach = (page: ListingPage, change: (seen: Observation) => Observation): ListingPage => ({
  ...page,
  observations: page.observations.map(change),
});
const strange = (id: string): string => String(Number(id) + 1_000_000);

export const lies = {
  'short page': (page) => ({ ...page, observations: page.observations.slice(0, 3), next: null }),
  'short page, total alike': (page) => {
    const observations = page.observations.slice(0, 3);
    return { ...page, observations, next: null, total: observations.length };
  },
  empty: (page) => ({ ...page, observations: [], next: null, total: 0 }),
  'empty, no total': (page) => ({ ...page, observations: [], next: null, total: null }),
  'pages missing': (page, { isFirst }) => (isFirst ? page : { ...page, observations: [] }),
  'pages missing, no total': (page, { isFirst }) => ({
    ...page,
    observations: isFirst ? page.observations : [],
    total: null,
  }),
  'total too large': (page) => ({ ...page, total: (page.total ?? 0) * 2 + 1 }),
  'total too small': (page) => ({ ...page, total: Math.floor((page.total ?? 0) / 2) }),
  'same page twice': (page, { first }) => ({ ...page, observations: first.observations }),
  'truncated body': notUnderstood,
  'login page': notUnderstood,
  'all deleted': (page) => withEach(page, (seen) => ({ ...seen, deleted: true })),
  'ids changed': (page) => withEach(page, (seen) => ({ ...seen, id: strange(seen.id) })),
  'another account': (page) =>
    withEach(page, (seen) => ({
      ...seen,
      id: strange(seen.id),
      domains: [],
      fields: { ...seen.fields, ...stranger(seen) },
    })),
} as const satisfies Readonly<Record<string, Lie>>;

export type LieName = keyof typeof lies;

function stranger({ kind, id }: Observation): Observation['fields'] {
  return kind === 'company'
    ? { name: `Strange ${id}`, website: '', email: '' }
    : { firstName: 'Strange', lastName: id, email: `strange${id}@elsewhere.test`, alternativeEmails: [] };
}

export class Liar {
  told = 0;
  private lie: { readonly name: LieName; readonly side: Side; readonly kind: Kind } | null = null;
  private first: ListingPage | null = null;

  begin(name: LieName, side: Side, kind: Kind): void {
    this.lie = { name, side, kind };
    this.first = null;
  }

  end(): void {
    this.lie = null;
  }

  page(side: Side, kind: Kind, cursor: string | null, page: ListingPage): ListingPage {
    const { lie } = this;
    if (lie?.side !== side || lie.kind !== kind) return page;
    this.told++;
    const isFirst = cursor === null;
    if (isFirst || this.first === null) this.first = page;
    const tell: Lie = lies[lie.name];
    return tell(page, { isFirst, first: this.first });
  }
}
