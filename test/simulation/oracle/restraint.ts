/** I4, I22, I27: a create is not repeated before it was looked for, nobody out of scope is copied, a pause holds. */
import type { Pause } from '../engine/operators';
import type { Site } from '../engine/site';
import { nameOf } from './agreement';
import { plain } from './same';

export function restraint(site: Site): string[] {
  return [...repeatedBlindly(site), ...copiedOutOfScope(site), ...writtenInPause(site)];
}

/** R15: where the answer to a link's create was lost, the link creates nothing before a look for the record was answered. */
function repeatedBlindly({ calls, rows }: Site): string[] {
  const creates = [...rows.intents.values()].filter(({ action }) => action === 'create');
  return creates.flatMap((again) => {
    const earlier = creates.filter(({ link, sentAt }) => link === again.link && sentAt < again.sentAt).at(-1);
    if (earlier === undefined) return [];
    const [from, to] = [Date.parse(earlier.sentAt), Date.parse(again.sentAt)];
    const { name, email } = earlier.sent;
    const identity = `${earlier.kind} ${plain('email', name ?? email)}`;
    const between = calls.filter(
      (call) => call.side === earlier.side && call.identity === identity && call.at >= from && call.at < to,
    );
    const isLost = between.some((call) => call.isCreate && call.isLost);
    return isLost && !between.some(({ what, isAnswered }) => what === 'find' && isAnswered)
      ? [`I4: link ${again.link} creates again on ${again.side}, and nobody looked for what it created`]
      : [];
  });
}

/** R1: the owner company, its people and service accounts have no counterpart. */
function copiedOutOfScope({ rows, products }: Site): string[] {
  return [...rows.links.values()].flatMap(({ link }) => {
    const row = products.get('teamwork', link.kind, link.ids.teamwork ?? '');
    const isPair = link.phase === 'active' && row !== undefined && row.scope !== 'client';
    return isPair ? [`I22: ${nameOf(link)} is a pair, and its record in Teamwork.com is ${row.scope}`] : [];
  });
}

/** R30: what was sent before may take effect; nothing else does before the pause ends. */
const longestCallMs = 700;

function writtenInPause(site: Site): string[] {
  return site.pauses.flatMap((pause) => {
    const { scope, from, to } = pause;
    if (typeof scope === 'object') return sentInPause(site, pause, scope.link);
    const written = site
      .engineChanges()
      .find(
        ({ at, after }) => at > from + longestCallMs && at < to && (scope === 'site' || after.kind === scope),
      );
    return written === undefined
      ? []
      : [`I27: ${scope} was paused, and ${written.after.kind} ${written.after.id} was written to`];
  });
}

/** A link's own pause is acknowledged by the store that lets writes begin: none begins from then on, whatever link it becomes. */
export function sentInPause(site: Pick<Site, 'rows'>, { from, to }: Pause, link: number): string[] {
  const held = becoming(site, link, from);
  const sent = [...site.rows.intents.values()].find((intent) => {
    const at = Date.parse(intent.sentAt);
    return at > (held.get(intent.link) ?? Infinity) && at < to;
  });
  if (sent === undefined) return [];
  const as = sent.link === link ? '' : ` as link ${sent.link}`;
  return [`I27: link ${link} was paused, and began a write at ${sent.sentAt}${as}`];
}

/** The link and those that it was merged into, one after the other, each with when it was that one. */
function becoming({ rows }: Pick<Site, 'rows'>, link: number, since: number): ReadonlyMap<number, number> {
  const own = new Map([[link, since]]);
  const merged = rows.journal.find(({ event, link: of, detail }) => {
    return event === 'merged' && of === link && typeof detail.into === 'number';
  });
  if (merged === undefined) return own;
  const then = Math.max(since, Date.parse(merged.at));
  return new Map([...own, ...becoming({ rows }, Number(merged.detail.into), then)]);
}
