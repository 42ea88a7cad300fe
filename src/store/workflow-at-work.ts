/** The Temporal run on whose behalf the store is used just now, for the journal; none outside of the worker. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface WorkflowRun {
  readonly id: string;
  readonly run: string;
}

export const workflowAtWork = new AsyncLocalStorage<WorkflowRun>();
