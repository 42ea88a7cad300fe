/** Anomalies that no operation leads to by itself: whether this history met them, by its ground truth. */
import type { Site } from '../engine/site';
import { plain } from '../oracle/same';

const ofFaults: Readonly<Record<string, string>> = {
  A10: 'fault:stale_read',
  A38: 'fault:empty_list',
  A39: 'fault:short_list',
  A41: 'fault:shrunken_list',
  A46: 'fault:forbidden',
  A47: 'fault:rate_limited',
  A63: 'fault:web_page',
};

export function met({ marks, products, calls, rows }: Site): string[] {
  const creates = calls.filter(({ isCreate }) => isCreate);
  const links = [...rows.links.values()].map(({ link }) => link);
  const decided = rows.journal.filter(({ event }) => event === 'decided');
  const found: Readonly<Record<string, boolean>> = {
    A03: products.changes.some(
      ({ actor, sent, after }) =>
        actor === 'engine' &&
        sent.name !== undefined &&
        plain('name', sent.name) !== plain('name', after.fields.name),
    ),
    A20: creates.some(({ isLost, tookEffect }) => isLost && tookEffect),
    A21: creates.some(({ isLost, tookEffect }) => isLost && !tookEffect),
    A22: rows.journal.some(({ event, detail }) => event === 'refused' && detail.reason === 'taken'),
    A23: creates.some(({ by, tookEffect }) => tookEffect && by !== null && by.worker.isDead && !by.isOver),
    A26: creates.some(
      ({ identity, isLost, tookEffect, at }) =>
        isLost &&
        tookEffect &&
        calls.some((call) => call.what === 'find' && call.identity === identity && call.at > at),
    ),
    A27: decided.some(({ detail }) => detail.status === 'question'),
    A42: decided.some(({ detail }) => detail.status === 'held'),
    ignored: products.changes.some(({ ignored }) => ignored.length > 0),
    ignored_for_good: links.some(({ phase, reason }) => phase === 'active' && reason === 'remote_ignored'),
    ignored_then_made: links.some(
      ({ number, phase, status }) =>
        phase === 'active' &&
        status === 'in_sync' &&
        rows.journal.some(({ event, link }) => event === 'ignored' && link === number),
    ),
    A57: decided.some(({ detail }) => detail.reason === 'company_not_linked'),
  };
  return [
    ...Object.keys(found).filter((mark) => found[mark]),
    ...Object.keys(ofFaults).filter((mark) => marks.has(ofFaults[mark] ?? '')),
  ];
}
