/**
 * Temporal, as far as the engine relies on it: one open run per id, signals that start it, activities that are tried
 * again, and workers that die. A workflow's own state survives its worker, for it is replayed to where it was.
 */
import { asyncLocalStorage, ApplicationFailure, type Context } from '@temporalio/activity';
import { Worker, type Activities, type Attempt } from './attempt';
import type { Random } from '../random';
import type { VirtualTime } from './virtual-time';
import { ContinuedAsNew, milliseconds, running, type ActivityOptions, type Running } from './workflow-module';

type Workflow = (...input: never[]) => Promise<unknown>;

/** How long a dead worker's activity is believed to be alive. */
const heartbeatTimeoutMs = 20_000;
const neverAborted = new AbortController().signal;

export class Server {
  worker: Worker;
  /** Failures of workflows: none is expected, for activities park what they cannot do. */
  readonly failed: string[] = [];
  /** What it was told, to keep, that it should not have been (I24). */
  readonly telling: string[] = [];
  private readonly open = new Map<string, Execution>();
  private runs = 0;

  constructor(
    readonly time: VirtualTime,
    readonly random: Random,
    private readonly workflows: Readonly<Record<string, Workflow>>,
    private readonly makeActivities: () => Activities,
    private readonly isTelling: (payload: string) => boolean,
  ) {
    this.worker = new Worker(makeActivities());
  }

  /** Whatever workflows and activities are given and answer lives on in histories. */
  keep(payload: unknown): void {
    const text = payload instanceof Error ? String(payload) : JSON.stringify(payload);
    if (this.isTelling(text)) this.telling.push(text);
  }

  isOpen(id: string): boolean {
    return this.open.has(id);
  }

  get openRuns(): readonly string[] {
    return [...this.open.keys()];
  }

  start(id: string, type: string, input: readonly unknown[]): string {
    const known = this.open.get(id);
    if (known !== undefined) return known.info.firstExecutionRunId;
    const runId = `run-${++this.runs}`;
    const execution = new Execution(this, id, runId);
    this.open.set(id, execution);
    void this.run(execution, type, input);
    return runId;
  }

  signal(id: string, name: string, ...input: unknown[]): void {
    this.keep(input);
    this.open.get(id)?.signal(name, input);
  }

  signalWithStart(id: string, type: string, input: readonly unknown[], name: string, hint: unknown): void {
    this.start(id, type, input);
    this.signal(id, name, hint);
  }

  /** The process of workers is killed, and another one starts. */
  crash(): void {
    const dead = this.worker;
    dead.isDead = true;
    this.worker = new Worker(this.makeActivities());
    for (const tell of dead.onDeath) tell();
  }

  private async run(execution: Execution, type: string, first: readonly unknown[]): Promise<void> {
    let input = first;
    for (;;) {
      try {
        const workflow = this.workflows[type];
        if (workflow === undefined) throw new Error(`There is no workflow ${type}.`);
        await this.time.sleep(this.random.below(20));
        await running.run(execution, () => workflow(...(input as never[])));
        break;
      } catch (error) {
        if (!(error instanceof ContinuedAsNew)) {
          this.failed.push(`${execution.info.workflowId}: ${String(error)}`);
          break;
        }
        input = error.input;
        execution.renew();
      }
    }
    this.open.delete(execution.info.workflowId);
  }
}

class Execution implements Running {
  private readonly handlers = new Map<string, (...input: unknown[]) => unknown>();
  private buffered: (readonly [name: string, input: readonly unknown[]])[] = [];
  private conditions: (() => void)[] = [];
  private events = 0;

  constructor(
    private readonly server: Server,
    private readonly id: string,
    private readonly runId: string,
  ) {}

  get info(): Running['info'] {
    return {
      workflowId: this.id,
      runId: this.runId,
      firstExecutionRunId: this.runId,
      memo: {},
      continueAsNewSuggested: this.events > 25,
    };
  }

  renew(): void {
    this.events = 0;
    this.handlers.clear();
  }

  signal(name: string, input: readonly unknown[]): void {
    const handler = this.handlers.get(name);
    if (handler === undefined) this.buffered.push([name, input]);
    else handler(...input);
    this.moved();
  }

  handle(name: string, handler: (...input: unknown[]) => unknown): void {
    this.handlers.set(name, handler);
    const told = this.buffered.filter(([signal]) => signal === name);
    this.buffered = this.buffered.filter(([signal]) => signal !== name);
    for (const [, input] of told) handler(...input);
  }

  condition(holds: () => boolean, timeoutMs: number | null): Promise<boolean> {
    if (holds()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        this.conditions = this.conditions.filter((one) => one !== look);
        resolve(true);
      };
      this.conditions.push(look);
      if (timeoutMs !== null) {
        this.server.time.at(this.server.time.now + timeoutMs, () => {
          resolve(false);
        });
      }
    });
  }

  sleep(ms: number): Promise<void> {
    return this.server.time.sleep(ms);
  }

  async activity(name: string, input: readonly unknown[], options: ActivityOptions): Promise<unknown> {
    const { initialInterval = '1 s', maximumInterval = '100 s' } = options.retry ?? {};
    let wait = milliseconds(initialInterval);
    let details: unknown;
    for (;;) {
      this.events++;
      await this.server.time.sleep(this.server.random.below(20));
      const outcome = await this.attempt(name, input, details, (told) => (details = told));
      if ('result' in outcome) {
        this.moved();
        return outcome.result;
      }
      const { error } = outcome;
      if (error instanceof ApplicationFailure && error.nonRetryable === true) throw error;
      const told: unknown = error instanceof ApplicationFailure ? error.nextRetryDelay : undefined;
      await this.server.time.sleep(typeof told === 'number' ? told : wait);
      wait = Math.min(wait * 2, milliseconds(maximumInterval));
    }
  }

  /** One attempt on the present worker; its death is noticed when no heartbeat came for long enough. */
  private attempt(
    name: string,
    input: readonly unknown[],
    heartbeatDetails: unknown,
    onHeartbeat: (details: unknown) => void,
  ): Promise<{ readonly result: unknown } | { readonly error: unknown }> {
    const { worker, time } = this.server;
    const activity = worker.activities[name];
    if (activity === undefined) throw new Error(`There is no activity ${name}.`);
    const attempt: Attempt = { worker, name, input: input[0], from: time.now, isOver: false };
    const context = {
      info: { heartbeatDetails, heartbeatTimeoutMs },
      cancellationSignal: neverAborted,
      heartbeat: (details: unknown) => {
        if (!worker.isDead) onHeartbeat(details);
      },
      // A run's dispatcher looks a fifth as often as it would: it is the greater part of what a quiet run costs.
      sleep: (ms: number | string) => time.sleep(milliseconds(ms) * (name === 'dispatch' ? 5 : 1)),
      attempt,
    };
    return new Promise((resolve) => {
      worker.onDeath.push(() => {
        time.at(time.now + heartbeatTimeoutMs, () => {
          resolve({ error: new Error('The worker is dead.') });
        });
      });
      asyncLocalStorage
        .run(context as unknown as Context, () => activity(...(input as [never])))
        .then(
          (result) => {
            attempt.isOver = true;
            this.server.keep([input, result]);
            if (!worker.isDead) resolve({ result });
          },
          (error: unknown) => {
            attempt.isOver = true;
            this.server.keep(error);
            if (!worker.isDead) resolve({ error });
          },
        );
    });
  }

  private moved(): void {
    for (const look of [...this.conditions]) look();
  }
}
