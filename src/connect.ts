/**
 * Connects a site: checks both credentials and the rights they need by real calls, pins the accounts (R29), looks for
 * the vendor's own sync (R33), stores the site, and starts its InitialSync where R2 says so.
 */
import { charge, permitsOf, permitsWithoutBudget, type TakePermit } from './check-permits';
import { checkSide, type Checked } from './connect-checks';
import type { SyncClient } from './client';
import { sides, type Side } from './domain/record';
import type { Access, Apis } from './ports/apis';
import type { Budget } from './ports/budget';
import type { Credentials, NewSite, Site } from './ports/sites';
import type { Store } from './ports/store';
import type { SideHooks } from './ports/hooks';
import { readSiteUrl } from './site-forms';
import { seemsToRun, vendorSyncSigns } from './vendor-sync-signs';
import { rotateHookSecrets, settleHooks, type HookPorts } from './settle-hooks';

export interface ConnectPorts extends HookPorts {
  readonly store: Store;
  readonly budget: Budget;
  readonly apis: Apis;
  readonly client: Pick<SyncClient, 'startRun' | 'ensureWatching'>;
}

/** What is left out of a known site stays as it is. */
export interface ConnectInput {
  readonly site: string;
  readonly url?: string;
  readonly credentials?: Partial<Credentials>;
  /** An ISO date or time; see R2. */
  readonly deskCreatedAt?: string;
  /** What the operator says of the vendor's own sync; unsaid, its signs are looked for. */
  readonly vendorSync?: 'on' | 'off';
  /** The webhooks are signed with new secrets from now on. */
  readonly rotateHookSecrets?: boolean;
}

export interface Connected {
  readonly site: string;
  readonly url: string;
  readonly isNew: boolean;
  readonly users: Readonly<Record<Side, string>>;
  readonly ownerCompanyId: string;
  /** The vendor's own sync runs, or seems to: InitialSync only links (R33). */
  readonly adoptOnly: boolean;
  readonly hooks: Readonly<Record<Side, SideHooks>>;
  /** The InitialSync that was started; null where it waits for an operator (R2). */
  readonly run: string | null;
}

/** Each problem is a sentence of its own; nothing was stored. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** Desks made from here on start their InitialSync by themselves (R2). */
const startsByItselfFrom = Date.UTC(2023, 10, 1);

/** Throws a ConnectError with every problem found; then nothing has been stored. */
export async function connectSite(ports: ConnectPorts, input: ConnectInput): Promise<Connected> {
  const { known, access, permits, ownerCompanyId, teamwork, desk } = await checkSite(ports, input);

  const site: NewSite = {
    id: input.site,
    url: access.url,
    credentials: access.credentials,
    deskCreatedAt: input.deskCreatedAt ?? known?.deskCreatedAt ?? null,
    ownerCompanyId,
    users: { teamwork: teamwork.userId, desk: desk.userId },
    deskPins: known === null || known.deskPins.length === 0 ? desk.pins : known.deskPins,
    adoptOnly: await adoptOnly(ports.store, input, known, { teamwork, desk }),
  };
  if (known === null) await ports.store.addSite(site);
  else await ports.store.reconnectSite(site);
  for (const side of sides) await charge(ports.budget, input.site, side, permits[side].signals);

  // Before anything is read: what changes from here on is told.
  const settle = input.rotateHookSecrets === true ? rotateHookSecrets : settleHooks;
  const hooks = await settle(ports, site.id, (side) => permitsOf(ports.budget, site.id, side)());
  await ports.client.ensureWatching(site.id);
  const run = (await startsByItself(ports.store, site)) ? await ports.client.startRun(site.id, 'sync') : null;
  const { id, url, users } = site;
  return {
    site: id,
    url,
    isNew: known === null,
    users,
    ownerCompanyId,
    adoptOnly: site.adoptOnly,
    hooks,
    run,
  };
}

/** What the two credentials open, and whether they may do what is needed: the same checks, and nothing is kept. */
export async function testSite(
  ports: Pick<ConnectPorts, 'store' | 'budget' | 'apis'>,
  input: ConnectInput,
): Promise<Pick<Connected, 'site' | 'url' | 'users' | 'ownerCompanyId'>> {
  const { access, ownerCompanyId, teamwork, desk } = await checkSite(ports, input);
  return {
    site: input.site,
    url: access.url,
    users: { teamwork: teamwork.userId, desk: desk.userId },
    ownerCompanyId,
  };
}

async function checkSite(ports: Pick<ConnectPorts, 'store' | 'budget' | 'apis'>, input: ConnectInput) {
  const known = await ports.store.site(input.site);
  const access = await accessTo(ports.store, input, known);
  const permits = { teamwork: permitsWithoutBudget(), desk: permitsWithoutBudget() };
  const { teamwork, desk } = await checkBoth(ports.apis, access, (side) =>
    known === null ? permits[side].take : permitsOf(ports.budget, known.id, side),
  );
  const ownerCompanyId = teamwork.ownerCompanyId;
  if (ownerCompanyId === null) {
    throw new ConnectError([
      'Teamwork.com shows no owner company to this credential: use the key of an administrator of the owner company.',
    ]);
  }
  if (known !== null) await sameAccount(known, ownerCompanyId, desk);
  return { known, access, permits, ownerCompanyId, teamwork, desk };
}

async function accessTo(store: Store, input: ConnectInput, known: Site | null): Promise<Access> {
  const address = input.url ?? known?.url;
  if (address === undefined) {
    throw new ConnectError([`Site ${input.site} is not connected yet: give its address with --url.`]);
  }
  // Also where it comes from no form: from TEAMWORK_URL, or from a database of before.
  const read = readSiteUrl(address);
  if ('problem' in read) throw new ConnectError([`Site ${input.site} at ${address}: ${read.problem}`]);
  const url = read.value;
  let { teamwork, desk } = input.credentials ?? {};
  // What is stored goes to the address that it was stored for, and to no other.
  if (url === known?.url && (teamwork === undefined || desk === undefined)) {
    const stored = await store.credentials(known.id);
    teamwork ??= stored.teamwork;
    desk ??= stored.desk;
  }
  if (teamwork === undefined || desk === undefined) {
    throw new ConnectError([
      `Site ${input.site} needs both tokens${known === null ? '' : ' for a new address'}: set TEAMWORK_TOKEN and DESK_TOKEN, or give --teamwork-token-file and --desk-token-file.`,
    ]);
  }
  // Unknown on purpose: this account is yet to be compared with the one first seen.
  return { url, credentials: { teamwork, desk }, ownerCompanyId: null };
}

async function checkBoth(
  apis: Apis,
  access: Access,
  permits: (side: Side) => TakePermit,
): Promise<Record<Side, Checked>> {
  const [teamwork, desk] = await Promise.all(
    sides.map((side) => checkSide(side, () => apis.withAccess(access, side), permits(side))),
  );
  const problems = [teamwork, desk].flatMap((result) =>
    result !== undefined && 'problem' in result ? [result.problem] : [],
  );
  if (teamwork === undefined || desk === undefined || 'problem' in teamwork || 'problem' in desk) {
    throw new ConnectError(problems);
  }
  return { teamwork, desk };
}

/** R29: other credentials must open the same two accounts. */
async function sameAccount(known: Site, ownerCompanyId: string, desk: Checked): Promise<void> {
  const problems: string[] = [];
  if (known.ownerCompanyId !== null && known.ownerCompanyId !== ownerCompanyId) {
    problems.push(
      `This is another Teamwork.com account: its owner company is ${ownerCompanyId}, site ${known.id} was connected with ${known.ownerCompanyId}. Connect it under a name of its own.`,
    );
  }
  const held = known.deskPins.length === 0 || (await desk.holds(known.deskPins));
  if (held !== true) {
    problems.push(
      held === false
        ? `This is another Desk: none of the records first seen of site ${known.id} is there. Connect it under a name of its own.`
        : held.problem,
    );
  }
  if (problems.length > 0) throw new ConnectError(problems);
}

/** An operator's word holds until the next one; else the signs decide, and signs seen once stay (R33). */
async function adoptOnly(
  store: Store,
  input: ConnectInput,
  known: Site | null,
  checked: Readonly<Record<Side, Checked>>,
): Promise<boolean> {
  if (input.vendorSync !== undefined) return input.vendorSync === 'on';
  return known?.adoptOnly ?? seemsToRun(await vendorSyncSigns(store, null, checked));
}

async function startsByItself(store: Store, site: NewSite): Promise<boolean> {
  if (site.deskCreatedAt === null || Date.parse(site.deskCreatedAt) < startsByItselfFrom) return false;
  return (await store.latestRun(site.id, 'sync')) === null;
}
