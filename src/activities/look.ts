/**
 * Finds out what became of a write whose answer was lost (R15): adopt the record if it is ours, new and equal;
 * if it never took effect, decide anew; anything else is a record for the matcher, or a question (R14).
 */
import { isBlank } from '../domain/canonical';
import { ApiError, mayRetry } from '../domain/errors';
import { withoutPicture, type Field, type Fields, type Kind, type Side } from '../domain/record';
import type { Apis } from '../ports/apis';
import type { Budget, Priority } from '../ports/budget';
import type { Store } from '../ports/store';
import { failureOf, Stopped } from './failures';
import { findCreated } from './find-created';
import { showsTexts } from './made-by-us';
import { askAgainMs } from './observe';
import { permitsFor } from './permits';
import type { SameAccounts } from './same-accounts';
import { credentialsRefused } from './survey';

export interface LookInput {
  readonly site: string;
  readonly link: number;
  readonly side: Side;
  readonly kind: Kind;
  readonly priority: Priority;
  readonly run: string | null;
}

/** `unconfirmed`: the vendor does not let us look. The outcome stays unknown, and the link is due again for later. */
export type LookResult = 'adopted' | 'no_effect' | 'unconfirmed' | 'stopped';

export function lookWith(ports: { store: Store; budget: Budget; apis: Apis; accounts: SameAccounts }) {
  const { store, accounts } = ports;

  return async function look(input: LookInput): Promise<LookResult> {
    const { site, side, kind, link, priority, run } = input;
    if (!(await accounts.stillTheSame(site))) return 'stopped';
    const intent = await store.openIntent(site, link);
    if (intent === null) return 'no_effect';
    const permit = permitsFor(ports.budget, { site, side, priority, write: null, run });
    try {
      const api = await ports.apis.of(site, side);
      const view = await store.view(site, link);
      const id = view?.link.ids[side] ?? null;
      const { found, perhaps } =
        id === null
          ? await findCreated(store, api, permit, { site, kind, intent })
          : { found: await api.read(await permit(), kind, id), perhaps: [] };
      const before = view?.records[side]?.fields ?? {};
      const pictured = found !== null && showsPicture(found.fields, intent.values, before);
      if (found !== null && showsTexts(kind, found.fields, intent.values) && (pictured || id === null)) {
        // A record that was made without its picture is ours all the same; the picture is decided anew.
        const arrived = pictured ? intent.values : withoutPicture(intent.values);
        await store.confirmStep(site, intent.id, {
          id: found.id,
          observation: found,
          base: pick(found.fields, arrived),
          notes: [],
          ignored: [],
          decideAgain: !pictured,
          adopted: true,
        });
        return 'adopted';
      }
      if (found !== null) await store.recordObservation(site, found);
      await store.closeIntent(
        site,
        intent.id,
        perhaps.map((record) => record.id),
      );
      return 'no_effect';
    } catch (error) {
      if (error instanceof Stopped) return 'stopped';
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === 'auth') {
        await store.freeze(site, credentialsRefused(side, error));
        return 'stopped';
      }
      if (error.kind === 'gone') {
        await store.closeIntent(site, intent.id);
        return 'no_effect';
      }
      if (!mayRetry(error.kind)) {
        await store.parkUntil(site, link, new Date(Date.now() + askAgainMs).toISOString(), []);
        return 'unconfirmed';
      }
      throw failureOf(error);
    }
  };
}

/** A picture has an address of its own on each side: that it changed is what tells of the write. */
function showsPicture({ avatar: found }: Fields, { avatar: sent }: Fields, before: Fields): boolean {
  if (sent === undefined || found === undefined) return true;
  return isBlank(sent) ? isBlank(found) : !isBlank(found) && found !== before.avatar;
}

function pick(fields: Fields, like: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => like[field as Field] !== undefined));
}
