/** Writes whose outcome is not confirmed: refused, unknown, or found to have had no effect (R15). */
import type { Fields } from '../../../src/domain/record';
import type { LinkStore } from '../../../src/ports/links';
import { instantOf } from '../../../src/store/storable';
import { addDue, parkUntil } from './due';
import { changeLink, isOpen, journal, openIntentOf, putIntent } from './link-rows';
import { plusMs, type IntentRow, type Memory, type SiteRows } from './memory';
import { askWhetherMade } from './perhaps-made';
import { parkIntent, twoWaiting } from './retries';
import { transactions } from './transactions';

type IntentMethods = Pick<
  LinkStore,
  'refuseStep' | 'leaveUnknown' | 'wroteSince' | 'openIntent' | 'closeIntent'
>;

export function intentMethods(memory: Memory, { settleMs }: { readonly settleMs: number }): IntentMethods {
  return transactions<IntentMethods>({
    refuseStep(site, id, { reason, retryAt }) {
      const rows = memory.of(site);
      const intent = intentOf(rows, site, id);
      if (!isOpen(intent)) return;
      const { link } = intent;
      closeIntent(memory, rows, intent, 'refused');
      changeLink(rows, link, { status: 'failing', reason });
      const again = parkIntent(memory, rows, intent, reason);
      if (retryAt !== null && again !== null) {
        const at = instantOf(retryAt);
        parkUntil(memory, rows, link, at > again ? at : again);
      }
      tell(memory, rows, intent, 'refused', { reason });
      if (reason === 'taken') askWhereTwoWait(memory, rows, intent);
    },

    leaveUnknown(site, id) {
      const rows = memory.of(site);
      const intent = intentOf(rows, site, id);
      if (!isOpen(intent)) return;
      const settlesAt = intent.state === 'unknown' ? intent.settlesAt : plusMs(memory.now(), settleMs);
      putIntent(rows, { ...intent, state: 'unknown', settlesAt });
      addDue(memory, rows, [{ link: intent.link, priority: 2, run: intent.run, at: settlesAt, read: [] }]);
      if (intent.state === 'sent') tell(memory, rows, intent, 'unknown', {});
    },

    wroteSince(site, side, kind, id, since) {
      const rows = memory.of(site);
      return [...rows.intents.values()].some(
        (intent) =>
          intent.kind === kind &&
          intent.side === side &&
          intent.state !== 'refused' &&
          intent.sentAt >= instantOf(since) &&
          rows.links.get(intent.link)?.link.ids[side] === id,
      );
    },

    openIntent(site, link) {
      const now = memory.now();
      const intent = openIntentOf(memory.of(site), link);
      if (intent === null) return null;
      const { id, side, action, sent, sentAt } = intent;
      return { id, side, action, values: sent, settled: intent.settlesAt <= now, sentAt };
    },

    closeIntent(site, id, perhaps = []) {
      const rows = memory.of(site);
      const intent = intentOf(rows, site, id);
      if (!isOpen(intent)) return;
      closeIntent(memory, rows, intent, 'no_effect');
      const asked = askWhetherMade(memory, rows, intent, perhaps);
      tell(memory, rows, intent, 'no_effect', asked.length === 0 ? {} : { candidates: asked });
    },
  });
}

export function intentOf(rows: SiteRows, site: string, id: string): IntentRow {
  const intent = rows.intents.get(id);
  if (intent === undefined) {
    throw new Error(`Site ${site} has no intent ${id}; the engine decides the link anew.`);
  }
  return intent;
}

/** Closes the intent and gives back the identity that it claimed. */
export function closeIntent(
  memory: Memory,
  rows: SiteRows,
  intent: IntentRow,
  state: 'confirmed' | 'refused' | 'no_effect',
  base: Fields | null = null,
): void {
  putIntent(rows, { ...intent, state, base, closedAt: memory.now() });
  for (const [key, holder] of rows.claims) if (holder === intent.id) rows.claims.delete(key);
}

function askWhereTwoWait(memory: Memory, rows: SiteRows, { link: own, kind, side }: IntentRow): void {
  const two = twoWaiting(rows, own, kind, side);
  const reason = 'wait_for_each_other';
  for (const link of two.filter((number) => rows.links.get(number)?.link.reason !== reason)) {
    const [other = ''] = two
      .filter((number) => number !== link)
      .map((number) => rows.links.get(number)?.link.ids[side] ?? '');
    changeLink(rows, link, { status: 'question', reason });
    rows.questions.set(link, [other]);
    const detail = { situation: 'taken', status: 'question', reason, other };
    journal(memory, rows, [{ link, event: 'decided', side, detail }]);
  }
}

function tell(
  memory: Memory,
  rows: SiteRows,
  { link, side, run, action, sent }: IntentRow,
  event: 'refused' | 'unknown' | 'no_effect',
  detail: Readonly<Record<string, unknown>>,
): void {
  const fields = Object.keys(sent);
  journal(memory, rows, [{ link, event, side, run, detail: { action, fields, ...detail } }]);
}
