/**
 * Temporal, as far as the engine relies on it: one open run per id, signals that start it, activities that are tried
 * again, and workers that die. A workflow's own state survives its worker, for it is replayed to where it was.
 */
import { Worker, type Activities } from './attempt';
import { Execution } from './execution';
import type { Random } from '../random';
import type { VirtualTime } from './virtual-time';
import { ContinuedAsNew, running } from './workflow-module';

type Workflow = (...input: never[]) => Promise<unknown>;

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

  /** Asks an open run, or one that it starts, and answers what that says. */
  async updateWithStart(id: string, type: string, input: readonly unknown[], name: string, asked: unknown) {
    this.start(id, type, input);
    this.keep(asked);
    const answer = await this.open.get(id)?.update(name, [asked]);
    this.keep(answer);
    return answer;
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
