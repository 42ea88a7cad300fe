/** What the oracle's checks of breaks are shown: moments, entries of the journal, changes in the products and links. */
import type { Link } from '../../src/domain/link';
import type { Side } from '../../src/domain/record';
import type { JournalEntry } from '../../src/ports/reads';
import type { Change } from './products/rows';

export const ms = (second: number) => Date.parse('2026-03-02T10:00:00Z') + second * 1_000;
export const at = (second: number) => new Date(ms(second)).toISOString();

export function entry(
  event: string,
  link: number,
  second: number,
  more: Partial<JournalEntry> = {},
): JournalEntry {
  return { at: at(second), link, event, side: null, run: null, workflow: null, detail: {}, ...more };
}

export function happened(what: Change['what'], side: Side, id: string, second: number): Change {
  const after = { side, kind: 'customer', id, fields: {} } as Change['after'];
  return { at: ms(second), actor: 'user', what, before: null, after, sent: {}, ignored: [] };
}

export function linkOf(
  number: number,
  ids: Link['ids'],
  more: Partial<Link>,
): [number, { readonly link: Link }] {
  const link = { number, kind: 'customer', phase: 'active', ids, tombstone: null, ...more } as Link;
  return [number, { link }];
}

export function withEmail(change: Change, email: string): Change {
  return { ...change, after: { ...change.after, fields: { email } } };
}
