/** Reads one whole listing of a side into the mirror, page by page; a killed worker goes on at its page. */
import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApiError } from '../domain/errors';
import type { Kind, Side } from '../domain/record';
import type { Apis, ListingPage } from '../ports/apis';
import type { Budget } from '../ports/budget';
import type { RunMode } from '../ports/runs';
import type { Store } from '../ports/store';
import { alive } from './alive';
import { failureOf, Stopped } from './failures';
import { mustKnowRun } from './known-run';
import { permitInPlace } from './permits';

export interface SurveyInput {
  readonly site: string;
  readonly run: string;
  readonly mode: RunMode;
  readonly side: Side;
  readonly kind: Kind;
}

export type SurveyResult =
  | {
      readonly done: true;
      readonly pages: number;
      readonly seen: number;
      readonly missing: number;
      readonly complete: boolean;
    }
  /** Paused, frozen or refused by the vendor: `why` is told to the operator, whose move is next. */
  | { readonly done: false; readonly why: 'paused' | 'frozen' | 'cancelled' };

interface Place {
  readonly cursor: string | null;
  readonly pages: number;
}

export function surveyWith(ports: { store: Store; budget: Budget; apis: Apis }) {
  return async function survey(input: SurveyInput): Promise<SurveyResult> {
    const { site, run, mode, side, kind } = input;
    const priority = mode === 'sweep' ? 3 : 4;
    const { store } = ports;
    await mustKnowRun(store, site, run);
    const number = await store.beginSurvey(site, run, side, kind);
    const api = await ports.apis.of(site, side);
    const permitted = () => {
      const permit = permitInPlace(ports.budget, { site, side, priority, write: null, run });
      permit.catch(() => undefined);
      return permit;
    };
    /** All pages before it are stored: nothing beyond it is told, for a successor would never read them. */
    let safe = (activityInfo().heartbeatDetails as Place | undefined) ?? { cursor: null, pages: 0 };
    let next = safe;
    let storing: Promise<void> = Promise.resolve();
    try {
      for (let permit = permitted(); ;) {
        const { cursor, pages } = next;
        const page: ListingPage = await alive(
          () => safe,
          async () => api.list(await permit, kind, cursor),
        );
        await storing;
        heartbeat(safe);
        const following = { cursor: page.next, pages: pages + 1 };
        // The next page is fetched while this one is stored.
        if (page.next !== null) permit = permitted();
        storing = store.recordPage(site, number, page).then(() => void (safe = following));
        storing.catch(() => undefined);
        if (page.next === null) {
          await storing;
          const end = await store.endSurvey(site, number);
          return { done: true, pages: following.pages, ...end };
        }
        next = following;
      }
    } catch (error) {
      await storing;
      if (error instanceof Stopped) return { done: false, why: error.why };
      if (error instanceof ApiError) {
        if (error.kind === 'auth' || error.kind === 'forbidden') {
          await store.freeze(site, credentialsRefused(side, error));
          return { done: false, why: 'frozen' };
        }
        throw failureOf(error);
      }
      throw error;
    }
  };
}

/** The sentence that the operator reads while the site is frozen; R23: nothing else follows from a refused credential. */
export function credentialsRefused(side: Side, error: ApiError): string {
  const product = side === 'teamwork' ? 'Teamwork.com' : 'Desk';
  const what =
    error.kind === 'auth' ? 'no longer accepts the credential' : 'does not let the credential read or write';
  return `${product} ${what} (${error.message}). Run \`connect\` with a working credential of an administrator; the sync then goes on by itself.`;
}
