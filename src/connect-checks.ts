/** The calls by which `connect` and `doctor` find out whether a credential opens a side and may do what we need. */
import { holdsAnyPin } from './account-pins';
import type { TakePermit } from './check-permits';
import { ApiError } from './domain/errors';
import { kinds, type Kind, type Observation, type Side } from './domain/record';
import type { Account, ListingPage, SideApi } from './ports/apis';
import type { Permit } from './ports/budget';
import type { DeskPin } from './ports/sites';

export interface Checked {
  readonly userId: string;
  /** Teamwork.com only. */
  readonly ownerCompanyId: string | null;
  readonly pins: readonly DeskPin[];
  /** Desk companies with a domain that Desk itself ties to a Teamwork.com company (R33). */
  readonly vendorSyncSigns: number;
  /** What was made or edited of late, a page of each kind: in it the vendor's own sync shows by what it repeats (R33). */
  readonly recent: readonly Observation[];
  /** Whether any of these records is there, made at the same time (R29). */
  holds(pins: readonly DeskPin[]): Promise<boolean | { readonly problem: string }>;
}

const pinsOfAKind = 3;
/** Pages of companies that are looked through for the owner company and for signs: enough for every real site's first. */
const mostPages = 5;
const mostRefusals = 3;
const recentlyMs = 7 * 24 * 3_600_000;

const productOf: Readonly<Record<Side, string>> = { teamwork: 'Teamwork.com', desk: 'Teamwork Desk' };

/** `open` may refuse a token that no header can carry. */
export async function checkSide(
  side: Side,
  open: () => SideApi,
  take: TakePermit,
): Promise<Checked | { readonly problem: string }> {
  const make = callsWith(take);
  try {
    const api = open();
    const account = await make((permit) => api.account(permit));
    if (!account.mayWrite) return { problem: tooFewRights(api.side) };
    const companies = await companyPages(api, make, account);
    const customers = await make((permit) => api.list(permit, 'customer', null));
    const observations = [...companies.flatMap((page) => page.observations), ...customers.observations];
    return {
      userId: account.userId,
      ownerCompanyId: account.ownerCompanyId ?? observations.find(isOwnerCompany)?.id ?? null,
      pins: api.side === 'desk' ? pinsOf(observations) : [],
      vendorSyncSigns: companies.reduce((sum, page) => sum + (page.vendorSyncSigns ?? 0), 0),
      recent: await recentOf(api, make),
      holds: (pins) => holdsAny(api, make, observations, pins),
    };
  } catch (error) {
    if (error instanceof ApiError) return { problem: problemOf(side, error) };
    throw error;
  }
}

type Make = <T>(call: (permit: Permit) => Promise<T>) => Promise<T>;

/** Waits as a refusing vendor asks, a few times. */
function callsWith(take: TakePermit): Make {
  return async (call) => {
    for (let refusals = 0; ; refusals++) {
      try {
        return await call(await take());
      } catch (error) {
        if (!(error instanceof ApiError) || error.kind !== 'rate_limited' || refusals === mostRefusals)
          throw error;
        await new Promise((resolve) => setTimeout(resolve, error.facts.retryAfterMs ?? 1_000));
      }
    }
  };
}

/** The first page of companies; more only while the owner company or a sign of the vendor's own sync may still come. */
async function companyPages(api: SideApi, make: Make, account: Account): Promise<ListingPage[]> {
  const pages: ListingPage[] = [];
  for (let cursor: string | null = null; pages.length < mostPages;) {
    const at: string | null = cursor;
    const page: ListingPage = await make((permit) => api.list(permit, 'company', at));
    pages.push(page);
    cursor = page.next;
    const seenEnough =
      api.side === 'desk'
        ? (page.vendorSyncSigns ?? 0) > 0
        : account.ownerCompanyId !== null || page.observations.some(isOwnerCompany);
    if (seenEnough || cursor === null) break;
  }
  return pages;
}

async function recentOf(api: SideApi, make: Make): Promise<readonly Observation[]> {
  const since = new Date(Date.now() - recentlyMs).toISOString();
  const recent: Observation[] = [];
  for (const kind of kinds) {
    recent.push(...(await make((permit) => api.changes(permit, kind, since, null))).observations);
  }
  return recent;
}

function isOwnerCompany({ kind, scope }: Observation): boolean {
  return kind === 'company' && scope === 'owner';
}

function pinsOf(observations: readonly Observation[]): DeskPin[] {
  return kinds.flatMap((kind: Kind) =>
    observations
      .flatMap(({ kind: its, id, createdAt }) =>
        its === kind && createdAt !== null ? [{ kind, id, createdAt }] : [],
      )
      .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || Number(a.id) - Number(b.id))
      .slice(0, pinsOfAKind),
  );
}

async function holdsAny(
  api: SideApi,
  make: Make,
  seen: readonly Observation[],
  pins: readonly DeskPin[],
): Promise<boolean | { readonly problem: string }> {
  try {
    return await holdsAnyPin(pins, async ({ kind, id }) => {
      const known = seen.find((one) => one.kind === kind && one.id === id);
      return known ?? (await make((permit) => api.read(permit, kind, id)));
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { problem: problemOf(api.side, error) };
  }
}

function tooFewRights(side: Side): string {
  const right =
    side === 'teamwork' ? 'may add and edit companies and people' : 'may manage companies and customers';
  return `The credential for ${productOf[side]} has too few rights: use the key of an administrator, who ${right}.`;
}

/** A sentence for each way the first calls can fail; whose move is next is in it. */
export function problemOf(side: Side, error: ApiError): string {
  const product = productOf[side];
  switch (error.kind) {
    case 'auth':
      return `${product} refuses the token${error.facts.status === null ? '' : ` (${statusOf(error)})`}: check that it is the API key of this product and site.`;
    case 'forbidden':
      return `${tooFewRights(side)} (${statusOf(error)})`;
    case 'unavailable':
      return error.facts.status === null
        ? `${product} cannot be reached (${detailOf(error)}): check the address and the network.`
        : `${product} answers with ${statusOf(error)}: try again when it is well.`;
    case 'rate_limited':
      return `${product} refuses calls for now because its limit is used up: try again in a minute.`;
    case 'gone':
    case 'conflict':
    case 'invalid':
    case 'contract':
      return `What answers at this address does not speak like ${product} (${statusOf(error)}): is --url the site's own address, such as https://acme.teamwork.com, and does the site have this product?`;
  }
}

function statusOf(error: ApiError): string {
  return error.facts.status === null ? detailOf(error) : `HTTP ${error.facts.status}`;
}

/** The failure's own name, such as ECONNREFUSED; the rest of the message speaks to the engine. */
function detailOf({ message }: ApiError): string {
  return /\(([^()]+)\)/.exec(message)?.[1] ?? 'no answer';
}
