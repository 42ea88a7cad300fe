/** Time that passes only when nothing is left to do at its present moment; nobody waits in real time. */
export class VirtualTime {
  now: number;
  private readonly waiting: { readonly at: number; readonly order: number; readonly wake: () => void }[] = [];
  private orders = 0;

  constructor(start: number) {
    this.now = start;
  }

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      this.at(this.now + Math.max(0, ms), resolve);
    });

  at(time: number, wake: () => void): void {
    const entry = { at: time, order: this.orders++, wake };
    let [low, high] = [0, this.waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.waiting[middle];
      if (other !== undefined && (other.at < time || (other.at === time && other.order < entry.order)))
        low = middle + 1;
      else high = middle;
    }
    this.waiting.splice(low, 0, entry);
  }

  /** Lets things happen until `isOver`, or until that time, whichever comes first. */
  async until(time: number, isOver: () => boolean = () => false): Promise<void> {
    for (;;) {
      await settled();
      if (isOver()) return;
      const next = this.waiting[0];
      if (next === undefined || next.at > time) {
        this.now = Math.max(this.now, time);
        return;
      }
      this.waiting.shift();
      this.now = Math.max(this.now, next.at);
      next.wake();
    }
  }
}

/** After everything that promises have to do now: a tick asked for amid them comes when none of them is left. */
function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** Runs `work` with the process's clock replaced: activities look at it. Their heartbeats need no interval here. */
export async function onClock<T>(time: VirtualTime, work: () => Promise<T>): Promise<T> {
  const [now, interval, traced] = [Date.now, globalThis.setInterval, Error.stackTraceLimit];
  Date.now = () => time.now;
  globalThis.setInterval = (() => undefined) as unknown as typeof setInterval;
  // Faults are errors by the thousand, and nobody reads where they were made.
  Error.stackTraceLimit = 0;
  try {
    return await work();
  } finally {
    Date.now = now;
    globalThis.setInterval = interval;
    Error.stackTraceLimit = traced;
  }
}
