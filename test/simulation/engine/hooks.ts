/** The vendors' hooks: late, lost, repeated, in any order. Desk tells nothing of its companies. */
import { linksOf } from '../memory-store/link-rows';
import { dueForRecords } from '../memory-store/record-dues';
import type { Change } from '../products/rows';
import type { Site } from './site';

const pollEveryMs = 60_000;

export class Hooks {
  /** Shares of deliveries. */
  lost = 0;
  doubled = 0;
  latestMs = 2_000;
  private told = 0;
  private lastDelivered = 0;

  constructor(private readonly site: Site) {}

  /** Sends what happened since it was called last. */
  send(): void {
    const { changes } = this.site.products;
    const { random, time, marks } = this.site;
    for (; this.told < changes.length; this.told++) {
      const change = changes[this.told];
      if (change === undefined) continue;
      const { side, kind } = change.after;
      // Of Desk's companies only polls tell, and of every deletion polls tell too: late, and never lost.
      const isPolled = kind === 'company' && (side === 'desk' || change.what === 'delete');
      if (isPolled || change.what === 'delete') {
        time.at(time.now + random.below(pollEveryMs), () => {
          this.deliver(change, this.lastDelivered);
        });
      }
      if (isPolled) continue;
      if (random.chance(this.lost)) {
        marks.add('A08');
        continue;
      }
      const times = random.chance(this.doubled) ? 2 : 1;
      if (times === 2) marks.add('A07');
      const order = this.told;
      for (let copy = 0; copy < times; copy++) {
        time.at(time.now + random.below(this.latestMs), () => {
          this.deliver(change, order);
        });
      }
    }
  }

  /** An old one again, as a replay would be. */
  repeat(change: Change): void {
    this.deliver(change, 0);
  }

  private deliver({ after: { side, kind, id }, what, actor }: Change, order: number): void {
    const { rows, memory, marks } = this.site;
    if (rows.runs.size === 0) return;
    if (order < this.lastDelivered) marks.add('A06');
    this.lastDelivered = Math.max(order, this.lastDelivered);
    if (actor === 'engine') marks.add('A01');
    const ref = { side, id };
    if (what === 'delete' && linksOf(rows, kind, [ref]).size === 0) {
      marks.add('A09');
      return;
    }
    dueForRecords(memory, rows, kind, [ref], { priority: 1, read: true, deleted: what === 'delete' });
  }
}
