/** What Temporal holds of a site: open workflows, the lengths of histories, the sizes of their payloads. */
import { Client, Connection, type WorkflowExecutionInfo } from '@temporalio/client';
import type { Lab } from '../test/support/lab';

export async function inTemporal<T>(lab: Lab, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: lab.temporalAddress });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

/** The most workflows that were open at once, looked at every so often while the work was done. */
export function mostOpenDuring(lab: Lab, everyMs: number, work: () => Promise<unknown>): Promise<number> {
  return inTemporal(lab, async (client) => {
    let most = 0;
    const look = async () => {
      const { count } = await client.workflow.count("ExecutionStatus = 'Running'");
      most = Math.max(most, count);
    };
    let looking = look();
    const timer = setInterval(() => void (looking = looking.then(look)), everyMs);
    try {
      await work();
      await looking;
    } finally {
      clearInterval(timer);
    }
    return most;
  });
}

export interface Histories {
  readonly workflows: number;
  readonly mostEvents: number;
  readonly largestPayload: number;
  readonly largestHistory: number;
}

/** Every run of the few long workflows, and so many of the links' own. */
export function historiesOf(lab: Lab, sampled: number): Promise<Histories> {
  return inTemporal(lab, async (client) => {
    let [workflows, mostEvents, largestPayload, largestHistory] = [0, 0, 0, 0];
    let links = 0;
    for await (const info of client.workflow.list()) {
      workflows += 1;
      mostEvents = Math.max(mostEvents, info.historyLength);
      largestHistory = Math.max(largestHistory, info.historySize ?? 0);
      if (isOfLink(info) && ++links > sampled) continue;
      const history = await client.workflow.getHandle(info.workflowId, info.runId).fetchHistory();
      largestPayload = Math.max(largestPayload, largestPayloadIn(history));
    }
    return { workflows, mostEvents, largestPayload, largestHistory };
  });
}

function isOfLink({ type }: WorkflowExecutionInfo): boolean {
  return type === 'syncCompany' || type === 'syncCustomer';
}

/** Payloads lie at many places of an event; each is known by its metadata and data. */
function largestPayloadIn(value: unknown): number {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return 0;
  if ('metadata' in value && 'data' in value && value.data instanceof Uint8Array) return value.data.length;
  return Object.values(value).reduce((most: number, inner) => Math.max(most, largestPayloadIn(inner)), 0);
}
