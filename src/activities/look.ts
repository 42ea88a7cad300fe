/**
 * Finds out what became of a write whose answer was lost (R15): adopt the record if it is ours, new and equal;
 * if it never took effect, decide anew; anything else is a record for the matcher (R14).
 */
import { sameFields } from '../domain/canonical';
import { ApiError } from '../domain/errors';
import type { OpenIntent } from '../domain/plan';
import type { Field, Fields, Kind, Observation, Side } from '../domain/record';
import type { Apis, SideApi } from '../ports/apis';
import type { Budget, Permit, Priority } from '../ports/budget';
import type { Store } from '../ports/store';
import { failureOf, Stopped } from './failures';
import { permitOrRetry } from './permits';
import { credentialsRefused } from './survey';

export interface LookInput {
  readonly site: string;
  readonly link: number;
  readonly side: Side;
  readonly kind: Kind;
  readonly priority: Priority;
  readonly run: string | null;
}

export type LookResult = 'adopted' | 'no_effect' | 'stopped';

/** Vendors' clocks may differ from ours by this much. */
const clockSkewMs = 5 * 60_000;

export function lookWith(ports: { store: Store; budget: Budget; apis: Apis }) {
  const { store } = ports;

  return async function look(input: LookInput): Promise<LookResult> {
    const { site, side, kind, link, priority, run } = input;
    const intent = await store.openIntent(site, link);
    if (intent === null) return 'no_effect';
    const permit = () => permitOrRetry(ports.budget, { site, side, priority, write: null, run });
    try {
      const api = await ports.apis.of(site, side);
      const id = (await store.view(site, link))?.link.ids[side] ?? null;
      const found =
        id === null
          ? await findCreated(input, intent, api, permit)
          : await api.read(await permit(), kind, id);
      if (found !== null && isEqual(kind, found.fields, intent.values)) {
        await store.confirmStep(site, intent.id, {
          id: found.id,
          observation: found,
          base: pick(found.fields, intent.values),
          notes: [],
          ignored: [],
          decideAgain: false,
          adopted: true,
        });
        return 'adopted';
      }
      if (found !== null) await store.recordObservation(site, found);
      await store.closeIntent(site, intent.id);
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
      throw failureOf(error);
    }
  };

  async function findCreated(
    { site, side, kind }: LookInput,
    intent: OpenIntent & { readonly sentAt: string },
    api: SideApi,
    permit: () => Promise<Permit>,
  ): Promise<Observation | null> {
    const identity = kind === 'company' ? intent.values.name : intent.values.email;
    if (typeof identity !== 'string') return null;
    const users = (await store.site(site))?.users;
    for (const candidate of await api.find(await permit(), kind, identity)) {
      // The mirror learns of every record found: what is not ours is for the matcher.
      const known = await store.wasKnownBefore(site, side, kind, candidate.id, intent.sentAt);
      const ours = candidate.createdBy === null || candidate.createdBy === users?.[side];
      const after = Date.parse(candidate.createdAt ?? '') >= Date.parse(intent.sentAt) - clockSkewMs;
      if (!known && ours && after && isEqual(kind, candidate.fields, intent.values)) {
        return candidate;
      }
      await store.recordObservation(site, candidate);
    }
    return null;
  }
}

/** A picture has an address of its own on each side, which says nothing about whether it is the same. */
function isEqual(kind: Kind, fields: Fields, { avatar: _, ...sent }: Fields): boolean {
  return sameFields(kind, sent, covered(fields, sent));
}

/** The sent fields as the record now has them; a field that the read did not cover counts as sent. */
function covered(fields: Fields, sent: Fields): Fields {
  return { ...sent, ...pick(fields, sent) };
}

function pick(fields: Fields, like: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => like[field as Field] !== undefined));
}
