/** Where Temporal's own UI shows a run, or all runs of a workflow. */
import type { ConsolePorts } from './route';

type Ui = NonNullable<ConsolePorts['temporalUi']>;

export function runHref(ui: Ui, workflow: string, run: string): string {
  return `${workflowsOf(ui)}/${encodeURIComponent(workflow)}/${encodeURIComponent(run)}`;
}

export function runsHref(ui: Ui, workflow: string): string {
  return `${workflowsOf(ui)}?${new URLSearchParams({ query: `WorkflowId="${workflow}"` }).toString()}`;
}

function workflowsOf({ url, namespace }: Ui): string {
  return `${url}/namespaces/${encodeURIComponent(namespace)}/workflows`;
}
