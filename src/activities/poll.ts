/**
 * One poll of one kind of news, page by page to its end; only then does its cursor move. Whatever stops it in between is
 * made good by the next one, which begins where this one did.
 */
import { ApiError } from '../domain/errors';
import { nextCursor } from '../domain/watch-cursor';
import type { Apis, SideApi } from '../ports/apis';
import type { Budget, Permit } from '../ports/budget';
import type { Store } from '../ports/store';
import type { Watched } from '../ports/watch';
import { failureOf } from './failures';
import { permitInPlace } from './permits';
import type { SameAccounts } from './same-accounts';
import { credentialsRefused } from './survey';

export interface PollInput extends Watched {
  readonly site: string;
  /** How often it is to be asked, in milliseconds. */
  readonly everyMs?: number;
}

export type PollResult =
  | { readonly done: true; readonly news: number }
  /**
   * `not_started`: no InitialSync has read both sides yet. `incomplete`: pages that do not add up. `refused`: this
   * listing is not for the credential's user. Nothing is lost: the next poll begins at the same time.
   */
  | { readonly done: false; readonly why: 'not_started' | 'frozen' | 'incomplete' | 'refused' };

/** What the pages of a poll came to. */
interface Seen {
  readonly news: number;
  readonly complete: boolean;
  /** Since when the next poll reads. */
  readonly since: string;
  /** When the first page was asked for. */
  readonly begunAt: string;
}

export function pollWith(ports: { store: Store; budget: Budget; apis: Apis; accounts: SameAccounts }) {
  const { store, budget, apis, accounts } = ports;

  return async function poll(input: PollInput): Promise<PollResult> {
    const { site, side, kind, news, everyMs = null } = input;
    const since = await store.watchedSince(site, { side, kind, news });
    if (since === null) return { done: false, why: 'not_started' };
    const isFrozen = (await store.site(site))?.frozen !== null;
    if (isFrozen || !(await accounts.stillTheSame(site))) return { done: false, why: 'frozen' };
    try {
      const api = await apis.of(site, side);
      const read = { changed: readChanged, deleted: readDeleted, listed: readListed }[news];
      const seen = await read(input, api, since);
      if (!seen.complete) return { done: false, why: 'incomplete' };
      await store.moveWatched(site, { side, kind, news }, { ...seen, everyMs });
      return { done: true, news: seen.news };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === 'auth') {
        await store.freeze(site, credentialsRefused(side, error));
        return { done: false, why: 'frozen' };
      }
      if (error.kind === 'forbidden') return { done: false, why: 'refused' };
      throw failureOf(error);
    }
  };

  /** Few calls, and they find what people did: they do not stand behind sweeps and InitialSync. */
  function permit({ site, side }: PollInput): Promise<Permit> {
    return permitInPlace(budget, { site, side, priority: 2, write: null, run: null });
  }

  async function readChanged(input: PollInput, api: SideApi, since: string): Promise<Seen> {
    const { site, side, kind } = input;
    const ids = new Set<string>();
    const times: (string | null)[] = [];
    const begun = new Begin();
    let news = 0;
    let total: number | null = null;
    for (let cursor: string | null = null, pages = 1; ; pages++) {
      const token = await permit(input);
      const page = await api.changes(token, kind, since, cursor);
      begun.with(token, page.answeredAt);
      news += await store.recordNews(site, side, kind, page);
      for (const { id } of [...page.observations, ...page.unreadable]) ids.add(id);
      times.push(...page.observations.map(({ updatedAt, createdAt }) => updatedAt ?? createdAt));
      cursor = page.next;
      total = page.total;
      // A record that left while pages were counted off moves one over their edge, unseen.
      const complete = pages === 1 || total === null || ids.size >= total;
      if (cursor === null) return { news, complete, ...begun.end(since, times) };
    }
  }

  async function readDeleted(input: PollInput, api: SideApi, since: string): Promise<Seen> {
    const { site, side, kind } = input;
    const times: (string | null)[] = [];
    const begun = new Begin();
    let news = 0;
    for (let cursor: string | null = null; ;) {
      const token = await permit(input);
      const page = await api.deletions(token, kind, since, cursor);
      begun.with(token, page.answeredAt);
      const signs = { ids: page.deleted.map(({ id }) => id), readAt: token.grantedAt };
      news += await store.recordDeletionSigns(site, side, kind, signs);
      times.push(...page.deleted.map(({ at }) => at));
      cursor = page.next;
      if (cursor === null) return { news, complete: true, ...begun.end(since, times) };
    }
  }

  async function readListed(input: PollInput, api: SideApi): Promise<Seen> {
    const { site, side, kind } = input;
    const ids = new Set<string>();
    const unreadable: string[] = [];
    const totals: number[] = [];
    const begun = new Begin();
    let news = 0;
    for (let cursor: string | null = null; ;) {
      const token = await permit(input);
      const page = await api.list(token, kind, cursor);
      begun.with(token, null);
      news += await store.recordNews(site, side, kind, page);
      for (const { id } of [...page.observations, ...page.unreadable]) ids.add(id);
      unreadable.push(...page.unreadable.map(({ id }) => id));
      if (page.total !== null) totals.push(page.total);
      cursor = page.next;
      if (cursor !== null) continue;
      const counted = totals.length > 0;
      const { missing, complete } = await store.recordListed(site, side, kind, {
        begunAt: begun.grantedAt,
        seen: ids.size,
        leastTotal: counted ? Math.min(...totals) : null,
        mostTotal: counted ? Math.max(...totals) : null,
        unreadable,
      });
      return { news: news + missing, complete, since: begun.grantedAt, begunAt: begun.grantedAt };
    }
  }
}

/** The begin of a poll: when its first page was asked for, by our clock, and answered, by the vendor's. */
class Begin {
  grantedAt = '';
  private answeredAt = '';

  with(token: Permit, answeredAt: string | null): void {
    if (this.grantedAt !== '') return;
    this.grantedAt = token.grantedAt;
    this.answeredAt = answeredAt ?? token.grantedAt;
  }

  end(since: string, times: readonly (string | null)[]): Pick<Seen, 'since' | 'begunAt'> {
    const known = times.flatMap((time) => time ?? []).map((time) => Date.parse(time));
    const last = known.reduce((latest, time) => Math.max(latest, time), -Infinity);
    const latest = known.length === 0 ? null : new Date(last).toISOString();
    const { answeredAt, grantedAt } = this;
    return { since: nextCursor({ since, latest, answeredAt }), begunAt: grantedAt };
  }
}
