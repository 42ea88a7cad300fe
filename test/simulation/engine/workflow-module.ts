/** What workflows import as `@temporalio/workflow`, on the simulation's own clock and server. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** A running workflow, as its code sees the server. */
export interface Running {
  readonly info: {
    readonly workflowId: string;
    readonly runId: string;
    readonly firstExecutionRunId: string;
    readonly memo: Readonly<Record<string, unknown>>;
    readonly continueAsNewSuggested: boolean;
  };
  /** An update has not been answered yet. */
  readonly isHandling: boolean;
  handle(name: string, handler: (...input: unknown[]) => unknown): void;
  condition(holds: () => boolean, timeoutMs: number | null): Promise<boolean>;
  activity(name: string, input: readonly unknown[], options: ActivityOptions): Promise<unknown>;
  sleep(ms: number): Promise<void>;
}

export interface ActivityOptions {
  readonly retry?: { readonly initialInterval?: string; readonly maximumInterval?: string };
}

export const running = new AsyncLocalStorage<Running>();

function current(): Running {
  const found = running.getStore();
  if (found === undefined) throw new Error('Workflow code runs in a workflow only.');
  return found;
}

export class ContinuedAsNew extends Error {
  constructor(readonly input: readonly unknown[]) {
    super('Continued as new.');
  }
}

interface Named {
  readonly name: string;
}

export const defineSignal = (name: string): Named => ({ name });
export const defineQuery = defineSignal;
export const defineUpdate = defineSignal;

export function setHandler({ name }: Named, handler: (...input: unknown[]) => unknown): void {
  current().handle(name, handler);
}

export function condition(holds: () => boolean, timeout?: string | number): Promise<boolean> {
  return current().condition(holds, timeout === undefined ? null : milliseconds(timeout));
}

export const workflowInfo = (): Running['info'] => current().info;
export const setCurrentDetails = (): void => undefined;
export const upsertSearchAttributes = setCurrentDetails;
let ids = 0;
export const uuid4 = (): string => `id-${++ids}`;
export const allHandlersFinished = (): boolean => !current().isHandling;
export const patched = (): boolean => true;
export const sleep = (time: string | number): Promise<void> => current().sleep(milliseconds(time));

export function continueAsNew(...input: unknown[]): Promise<never> {
  return Promise.reject(new ContinuedAsNew(input));
}

export function proxyActivities(options: ActivityOptions): object {
  return new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...input: unknown[]) =>
          current().activity(String(name), input, options),
    },
  );
}
export const proxyLocalActivities = proxyActivities;

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 };

export function milliseconds(time: string | number): number {
  if (typeof time === 'number') return time;
  const [, count = '0', unit = 'ms'] = /^(\d+) ?(\w+)$/.exec(time) ?? [];
  return Number(count) * (units[unit] ?? 1);
}
