/** One run of a workflow: its handlers, what it waits for, and its activities, which are tried again until they succeed. */
import { asyncLocalStorage, ApplicationFailure, type Context } from '@temporalio/activity';
import type { Attempt } from './attempt';
import type { Server } from './server';
import { milliseconds, running, type ActivityOptions, type Running } from './workflow-module';

/** How long a dead worker's activity is believed to be alive. */
const heartbeatTimeoutMs = 20_000;
const neverAborted = new AbortController().signal;

type Handler = (...input: unknown[]) => unknown;

export class Execution implements Running {
  private readonly handlers = new Map<string, Handler>();
  private buffered: (readonly [name: string, input: readonly unknown[]])[] = [];
  private early: (readonly [update: string, answer: Handler])[] = [];
  private conditions: (() => void)[] = [];
  private events = 0;
  private updates = 0;

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

  get isHandling(): boolean {
    return this.updates > 0;
  }

  signal(name: string, input: readonly unknown[]): void {
    const handler = this.handlers.get(name);
    if (handler === undefined) this.buffered.push([name, input]);
    else handler(...input);
    this.moved();
  }

  /** Answered by its handler, which waits for whatever it has to; the run does not end before that. */
  update(name: string, input: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const answered: Handler = async () => {
        this.updates++;
        try {
          resolve(await running.run(this, () => this.handlers.get(name)?.(...input)));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        } finally {
          this.updates--;
          this.moved();
        }
      };
      if (this.handlers.has(name)) void answered();
      else this.early.push([name, answered]);
      this.moved();
    });
  }

  handle(name: string, handler: Handler): void {
    this.handlers.set(name, handler);
    const asked = this.early.filter(([update]) => update === name);
    this.early = this.early.filter(([update]) => update !== name);
    for (const [, answer] of asked) void answer();
    const told = this.buffered.filter(([signal]) => signal === name);
    this.buffered = this.buffered.filter(([signal]) => signal !== name);
    for (const [, input] of told) handler(...input);
  }

  condition(holds: () => boolean, timeoutMs: number | null): Promise<boolean> {
    if (holds()) return Promise.resolve(true);
    // The workflow has done what it could: others may wait for just that.
    queueMicrotask(() => {
      this.moved();
    });
    return new Promise((resolve) => {
      const look = () => {
        if (!running.run(this, holds)) return;
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
      sleep: (ms: number | string) => time.sleep(milliseconds(ms) * (name === 'planAndDispatch' ? 5 : 1)),
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
