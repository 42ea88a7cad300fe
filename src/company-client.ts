/** Has a worker make a company that was ordered, as the Temporal client (`client.ts`) does it. */
import type { Client } from '@temporalio/client';
import type { Memo } from './entity-client';
import { ofSite } from './watch-client';
import { inTheConsole } from './workflows/console-page';
import type { NewCompanyResult } from './workflows/messages';
import { engineQueue } from './workflows/queues';

/** An outcome that is not known takes the settle time, and the vendor's own slowness beside it. */
const operatorWaitsMs = 60_000;

/** Null when it takes longer than an operator waits; it goes on all the same, and the same order joins it. */
export async function createCompany(
  client: Client,
  memo: Memo,
  site: string,
  order: string,
): Promise<NewCompanyResult | null> {
  const handle = await client.workflow.start('createCompany', {
    workflowId: `${site}/new-company/${order}`,
    taskQueue: engineQueue,
    args: [{ site, order }],
    memo: { ...memo },
    workflowIdConflictPolicy: 'USE_EXISTING',
    priority: { priorityKey: 2, fairnessKey: site },
    staticSummary: `Makes a company in Desk for ${site}`,
    staticDetails: inTheConsole(memo.consoleUrl, site, '/companies'),
    typedSearchAttributes: ofSite(site),
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), operatorWaitsMs);
  });
  try {
    return await Promise.race([handle.result() as Promise<NewCompanyResult>, late]);
  } finally {
    clearTimeout(timer);
  }
}
