/** A sandbox with a receiver for its webhooks, and short ways to make something happen and to see what was sent. */
import type { SandboxOptions } from '../../src/sandbox/server';
import { jsonIn, openReceiver } from './hook-receiver';
import { openSandbox } from './sandbox-over-http';
import { until } from './until';

/** A line of GET /sandbox/deliveries. */
export interface Delivery {
  readonly id: number;
  readonly at: string;
  readonly side: string;
  readonly event: string;
  readonly status: number | string;
  readonly uuid: string;
  readonly record: number;
}

export const CUSTOMERS = '/desk/api/v2/customers.json';

export async function openHookedSandbox(options: Partial<SandboxOptions> = {}) {
  const sandbox = await openSandbox(options);
  const receiver = await openReceiver();
  let made = 0;

  async function deliveries(): Promise<Delivery[]> {
    return ((await sandbox.control('/deliveries')).body as { deliveries: Delivery[] }).deliveries;
  }

  async function create(path: string, body: object): Promise<void> {
    const answer = await sandbox.post(path, body);
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
  }

  return {
    sandbox,
    receiver,
    deliveries,
    trouble: (side: 'teamwork' | 'desk', what: object) => sandbox.control('/hooks', { side, ...what }),

    /** Registers an endpoint for all events of Desk. */
    async deskHook(url = receiver.url): Promise<number> {
      const webhookendpoint = { url, allEvents: true, contentType: 'application/json' };
      const answer = await sandbox.post('/desk/api/v2/webhookendpoints.json', { webhookendpoint });
      return (answer.body as { webhookendpoint: { id: number } }).webhookendpoint.id;
    },

    /** Registers a webhook for COMPANY.CREATED. */
    async companyHook(): Promise<number> {
      const contentType = 'application/json';
      const webhook = { event: 'COMPANY.CREATED', url: receiver.url, version: '2', contentType };
      return ((await sandbox.post('/webhooks.json', { webhook })).body as { id: number }).id;
    },

    /** Makes so many customers, one after the other; their first names are 1, 2, 3 … */
    async customers(count: number): Promise<void> {
      for (let n = 1; n <= count; n += 1) {
        made += 1;
        await create(CUSTOMERS, { customer: { email: `c${made}@lone.test`, firstName: String(n) } });
      }
    },

    async company(): Promise<void> {
      made += 1;
      await create('/projects/api/v3/companies.json', { company: { name: `C${made}` } });
    },

    /** The lines once there are this many. */
    async listed(count: number): Promise<Delivery[]> {
      await until(async () => (await deliveries()).length >= count);
      return deliveries();
    },

    /** The first names of the customers received. */
    names: () =>
      receiver.got.map((call) => (jsonIn(call) as { customer: { firstName: string } }).customer.firstName),

    async close(): Promise<void> {
      await sandbox.close();
      await receiver.close();
    },
  };
}

export type HookedSandbox = Awaited<ReturnType<typeof openHookedSandbox>>;
