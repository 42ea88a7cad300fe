/**
 * Makes the company in Desk that an operator ordered (R5). Whatever is killed in between, the order is looked for after
 * the settle time and never sent blindly a second time (R15).
 */
import { ApiError } from '../domain/errors';
import type { Observation } from '../domain/record';
import type { Apis, SideApi } from '../ports/apis';
import type { Budget, Permit } from '../ports/budget';
import type { EntityStarter } from '../ports/due';
import type { CompanyOrder } from '../ports/new-companies';
import type { OperationStore } from '../ports/operations';
import type { Store } from '../ports/store';
import { failureOf, Stopped } from './failures';
import { isMadeByUs } from './made-by-us';
import { permitInPlace, permitOrRetry } from './permits';
import type { SameAccounts } from './same-accounts';
import { startDueWith } from './start-due';
import { credentialsRefused } from './survey';

export interface MakeCompanyInput {
  readonly site: string;
  readonly order: string;
}

export type MakeCompanyResult =
  | { readonly state: 'made'; readonly link: number; readonly deskId: string }
  /** `holder`: the Desk company that has the name. */
  | { readonly state: 'refused'; readonly why: RefusedOrder; readonly holder: string | null }
  /** To be looked for then. */
  | { readonly state: 'settling'; readonly waitMs: number };

export type RefusedOrder = 'taken' | 'refused' | 'forbidden' | 'paused' | 'frozen';

interface Parts {
  readonly store: Store;
  readonly operations: OperationStore;
  readonly budget: Budget;
  readonly apis: Apis;
  readonly entities: EntityStarter;
  readonly accounts: SameAccounts;
}

/** A site that is stopped is asked again then. */
const stoppedForMs = 15_000;

export function makeCompanyWith(ports: Parts) {
  const { operations, store } = ports;
  const startDue = startDueWith(ports);

  return async function makeCompany(input: MakeCompanyInput): Promise<MakeCompanyResult> {
    const order = await operations.companyOrder(input.site, input.order);
    switch (order.state) {
      case 'confirmed':
        return { state: 'made', link: order.link ?? 0, deskId: order.deskId ?? '' };
      case 'refused':
        return { state: 'refused', why: 'refused', holder: null };
      case 'ordered':
        return send(input, order);
      case 'sent':
        await operations.companyUnknown(input.site, input.order);
        return settling(input);
      case 'unknown':
        return order.settlesInMs > 0 ? settling(input) : lookFor(input, order);
    }
  };

  async function send(input: MakeCompanyInput, order: CompanyOrder): Promise<MakeCompanyResult> {
    const { site, order: id } = input;
    try {
      if (!(await ports.accounts.stillTheSame(site))) return await refuse(input, 'frozen');
      const api = await ports.apis.of(site, 'desk');
      const [holder] = await namesakes(input, api, order);
      if (holder !== undefined) return await refuse(input, 'taken', holder.id);
      // What has begun does not begin anew for want of a second call.
      const permit = await permitInPlace(ports.budget, {
        ...asOperator(site),
        write: { kind: 'company', link: 0 },
      });
      const sent = await operations.companySent(site, id);
      if (sent !== 'sent') return await refuse(input, sent);
      return await write(input, order, api, permit);
    } catch (error) {
      if (error instanceof Stopped) return refuse(input, error.why === 'frozen' ? 'frozen' : 'paused');
      if (!(error instanceof ApiError)) throw error;
      return notRead(input, error);
    }
  }

  async function write(
    input: MakeCompanyInput,
    { fields, domains }: CompanyOrder,
    api: SideApi,
    permit: Permit,
  ): Promise<MakeCompanyResult> {
    const { site, order: id } = input;
    try {
      const { observation } = await api.create(permit, 'company', fields, { domains });
      if (observation !== null) return await made(input, observation);
      await operations.companyUnknown(site, id);
      return await settling(input);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.facts.effectUnknown) {
        await operations.companyUnknown(site, id);
        return settling(input);
      }
      await operations.companyNotMade(site, id);
      if (error.kind === 'conflict' || error.facts.refusedFields?.includes('name') === true) {
        return refuse(input, 'taken');
      }
      return notRead(input, error);
    }
  }

  /** Nothing of ours there: the order stands as it was. */
  async function lookFor(input: MakeCompanyInput, order: CompanyOrder): Promise<MakeCompanyResult> {
    const { site, order: id } = input;
    try {
      const api = await ports.apis.of(site, 'desk');
      const sent = { at: order.sentAt ?? '', values: order.fields };
      for (const found of await namesakes(input, api, order)) {
        if (await isMadeByUs(store, site, found, sent)) return await made(input, found);
      }
      await operations.companyNotMade(site, id);
      return { state: 'settling', waitMs: 0 };
    } catch (error) {
      if (error instanceof Stopped) return { state: 'settling', waitMs: stoppedForMs };
      if (!(error instanceof ApiError)) throw error;
      if (error.kind !== 'auth') throw failureOf(error);
      await store.freeze(site, credentialsRefused('desk', error));
      return { state: 'settling', waitMs: stoppedForMs };
    }
  }

  async function namesakes(
    { site }: MakeCompanyInput,
    api: SideApi,
    { fields }: CompanyOrder,
  ): Promise<readonly Observation[]> {
    const permit = await permitOrRetry(ports.budget, asOperator(site));
    const found = await api.find(permit, 'company', fields.name);
    return found.filter(({ deleted }) => !deleted);
  }

  async function made(input: MakeCompanyInput, observation: Observation): Promise<MakeCompanyResult> {
    const link = await operations.companyMade(input.site, input.order, observation);
    await startDue(input);
    return { state: 'made', link, deskId: observation.id };
  }

  async function notRead(input: MakeCompanyInput, error: ApiError): Promise<MakeCompanyResult> {
    if (error.kind === 'rate_limited' || error.kind === 'unavailable') throw failureOf(error);
    if (error.kind !== 'auth') return refuse(input, error.kind === 'forbidden' ? 'forbidden' : 'refused');
    await store.freeze(input.site, credentialsRefused('desk', error));
    return refuse(input, 'frozen');
  }

  async function refuse(
    { site, order }: MakeCompanyInput,
    why: RefusedOrder,
    holder: string | null = null,
  ): Promise<MakeCompanyResult> {
    await operations.companyRefused(site, order, why);
    return { state: 'refused', why, holder };
  }

  async function settling({ site, order }: MakeCompanyInput): Promise<MakeCompanyResult> {
    return { state: 'settling', waitMs: (await operations.companyOrder(site, order)).settlesInMs };
  }
}

function asOperator(site: string) {
  return { site, side: 'desk', priority: 2, write: null, run: null } as const;
}
