/** A truth made by hand, that the oracle's checks are shown. */
import type { Link } from '../../src/domain/link';
import type { Fields, Side } from '../../src/domain/record';
import type { JournalEntry } from '../../src/ports/reads';
import type { RunRow } from './memory-store/memory';
import type { CallLog } from './products/calls';
import { Products } from './products/products';
import type { Row } from './products/rows';

const start = Date.parse('2026-03-02T10:00:00Z');

/** Products with one company on each side; its pair has link 1, that of the n-th person n + 1. */
export function aTruth() {
  let now = start;
  const products = new Products(() => now);
  const links: Link[] = [];
  const journal: JournalEntry[] = [];
  const intents = new Map<string, object>();
  const runs = new Map<string, Pick<RunRow, 'mode' | 'startedAt' | 'finishedAt'>>();
  const rows = {
    journal,
    intents,
    runs,
    links: {
      values: () => links.map((link) => ({ link })),
      get: (number: number) => ({ link: links[number - 1] }),
    },
  };
  const add = (kind: Link['kind'], ids: Link['ids'], more: Partial<Link> = {}): Link => {
    const number = links.length + 1;
    const agreed = { phase: 'active', status: 'in_sync', reason: 'agreed', notes: [] } as const;
    const link = { number, kind, ids, ...agreed, ...more } as Link;
    const activeSince = link.phase === 'active' ? '2026-03-02T10:00:00Z' : null;
    links.push({ ...link, activeSince: more.activeSince ?? activeSince });
    return link;
  };
  const companies = {
    teamwork: products.create('user', 'teamwork', 'company', { name: 'Acme' }).id,
    desk: products.create('user', 'desk', 'company', { name: 'Acme' }).id,
  };
  add('company', companies);
  const person = (side: Side, n: number, more: Fields = {}): Row =>
    products.create('user', side, 'customer', {
      firstName: 'Ada',
      lastName: 'Byron',
      email: `ada${n}@acme.test`,
      company: companies[side],
      ...more,
    });
  const pair = (n: number, more: Partial<Link> = {}) => {
    const [teamwork, desk] = [person('teamwork', n), person('desk', n)];
    return { teamwork, desk, link: add('customer', { teamwork: teamwork.id, desk: desk.id }, more) };
  };
  const acts: object[] = [];
  const calls: CallLog[] = [];
  /** What decisions were taken in the face of. */
  const shown = new Map<string, number>();
  const site = {
    rows,
    products,
    operators: { acts, inclusions: [] },
    shown,
    calls,
    marks: new Set(),
  } as never;
  return {
    site,
    acts,
    calls,
    shown,
    products,
    journal,
    intents,
    runs,
    add,
    person,
    pair,
    pass: (ms: number) => (now += ms),
  };
}
