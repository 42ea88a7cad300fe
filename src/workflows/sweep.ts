/** The daily sweep: an InitialSync's work once more, for what hooks and polls lost (DESIGN §2). */
import { executeChild, workflowInfo } from '@temporalio/workflow';
import type { InitialSyncInput, InitialSyncState } from './messages';
import { runPhases } from './run-phases';
import { attribute } from './search-attributes';

export function sweep(input: InitialSyncInput): Promise<InitialSyncState> {
  return runPhases(input);
}

/** Started by the schedule, whose workflows have ids of their own; a sweep has one id, so that there is one at a time. */
export async function dailySweep({ site }: { readonly site: string }): Promise<void> {
  const { memo = {} } = workflowInfo();
  try {
    await executeChild(sweep, {
      workflowId: `${site}/sweep`,
      args: [{ site, mode: 'sweep' }],
      memo,
      staticSummary: `Sweep of ${site}`,
      typedSearchAttributes: [{ key: attribute.site, value: site }],
    });
  } catch (error) {
    const runsAlready = error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError';
    if (!runsAlready) throw error;
  }
}
