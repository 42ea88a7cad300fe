/** Who runs an activity: the process, and the attempt that its calls belong to. */
import { asyncLocalStorage } from '@temporalio/activity';

export type Activities = Readonly<Record<string, (input: never) => Promise<unknown>>>;

/** A process of workers: what it has in work ends with it, and so does what its activities remember. */
export class Worker {
  isDead = false;
  readonly onDeath: (() => void)[] = [];
  constructor(readonly activities: Activities) {}
}

/** One attempt of an activity, as its own calls tell of it. */
export interface Attempt {
  readonly worker: Worker;
  readonly name: string;
  readonly input: unknown;
  readonly from: number;
  isOver: boolean;
}

/** The attempt that the running code belongs to; null outside of activities. */
export function presentAttempt(): Attempt | null {
  const context = asyncLocalStorage.getStore() as unknown as { readonly attempt?: Attempt } | undefined;
  return context?.attempt ?? null;
}

export function presentWorker(): Worker | null {
  return presentAttempt()?.worker ?? null;
}
