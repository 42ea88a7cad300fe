/** One site with everything around it: both products, their hooks, the store, Temporal, a dispatcher. */
import { createActivities, type Ports } from '../../../src/activities/create-activities';
import { otherSide, type Kind } from '../../../src/domain/record';
import type { DueLink, EntityStarter } from '../../../src/ports/due';
import type { Decision } from '../../../src/ports/links';
import type { HookApis } from '../../../src/ports/hooks';
import type { Operation } from '../../../src/ports/operations';
import type { Policy } from '../../../src/domain/plan';
import type { Settings } from '../../../src/ports/sites';
import type { Store } from '../../../src/ports/store';
import { initialSync } from '../../../src/workflows/initial-sync';
import { syncCompany } from '../../../src/workflows/sync-company';
import { syncCustomer } from '../../../src/workflows/sync-customer';
import { linkHolding } from '../memory-store/link-rows';
import { Memory, type SiteRows } from '../memory-store/memory';
import { openMemoryStore } from '../memory-store/open-memory-store';
import { Besides } from '../products/besides';
import { Faults } from '../products/faults';
import { Liar } from '../products/lies';
import { Products } from '../products/products';
import { users, type Change, type Row } from '../products/rows';
import { canary, isTelling } from '../oracle/secrets';
import { shownKey, type CallLog } from '../products/calls';
import { memorySideApi } from '../products/side-api';
import { Random } from '../random';
import { Crashes } from './crashes';
import { Hooks } from './hooks';
import { Operators, type Pause } from './operators';
import { mortal, takingTime } from './ports';
import { presentAttempt, type Attempt } from './attempt';
import { Server } from './server';
import { VirtualTime } from './virtual-time';

export const siteId = 'acme';
const start = Date.parse('2026-03-02T10:00:00Z');
const [soonMs, laterMs] = [500, 5_000];

export class Site {
  readonly time = new VirtualTime(start);
  readonly random: Random;
  readonly products: Products;
  readonly faults: Faults;
  readonly besides: Besides;
  readonly liar = new Liar();
  readonly crashes = new Crashes(() => this.server);
  readonly memory: Memory;
  readonly store: Store;
  readonly server: Server;
  readonly hooks: Hooks;
  readonly calls: CallLog[] = [];
  /** Every value that a decision was taken in the face of, and when first. */
  readonly shown = new Map<string, number>();
  readonly marks = new Set<string>();
  /** Links whose write was called unknown by somebody else while the attempt that sent it was still at it (I18). */
  readonly interrupted: number[] = [];
  /** Whose edits win, from when on. */
  readonly policies: {
    readonly at: number;
    readonly policy: Policy['conflict'];
    /** Contacts are created automatically (R7). */
    readonly automatic: boolean;
  }[] = [{ at: 0, policy: 'latest', automatic: false }];
  /** Pauses, from when they were acknowledged until they ended. */
  readonly pauses: Pause[] = [];
  readonly operators: Operators;

  constructor(seed: number) {
    const { time, crashes } = this;
    const random = new Random(seed);
    this.random = random;
    const clock = () => time.now;
    this.products = new Products(clock);
    this.faults = new Faults(random, (mark) => this.marks.add(mark));
    this.besides = new Besides(
      this.products,
      (row) => this.counterpartOf(row),
      (mark) => this.marks.add(mark),
    );
    this.memory = new Memory(clock);
    const opened = openMemoryStore(this.memory, {
      settleMs: 20_000,
      redispatchMs: 60_000,
      sleep: time.sleep,
    });
    this.store = opened.store;
    this.operators = new Operators(this, opened.operations);
    const parts = {
      products: this.products,
      faults: this.faults,
      besides: this.besides,
      crashes,
      liar: this.liar,
      random,
      clock,
      sleep: time.sleep,
      calls: this.calls,
    };
    const apis = { teamwork: memorySideApi('teamwork', parts), desk: memorySideApi('desk', parts) };
    const entities: EntityStarter = {
      start: (_, due) => {
        this.startEntity(due);
        return Promise.resolve();
      },
    };
    const ports: Ports = {
      store: takingTime(this.noting(opened.store), time, random, crashes),
      reads: takingTime(opened.reads, time, random, crashes),
      operations: takingTime(this.operators.noting, time, random, crashes),
      // No history registers hooks.
      hookApis: {} as HookApis,
      publicUrl: null,
      accountsHoldForMs: 15_000,
      pollsPerSecond: 1_000_000,
      budget: takingTime(opened.budget, time, random, crashes),
      apis: {
        of: (_, side) => Promise.resolve(mortal(apis[side])),
        withAccess: (_, side) => mortal(apis[side]),
      },
      entities,
    };
    const workflows = { initialSync, syncCompany, syncCustomer };
    this.server = new Server(time, random, workflows, () => createActivities(ports), isTelling);
    this.hooks = new Hooks(this);
  }

  get rows(): SiteRows {
    return this.memory.of(siteId);
  }

  async connect(ownerCompanyId: string): Promise<void> {
    const credentials = { teamwork: `${canary}-1`, desk: `${canary}-2` };
    const established = {
      url: 'https://acme.test',
      credentials,
      deskCreatedAt: null,
      deskPins: [],
      adoptOnly: false,
    };
    await this.store.addSite({ id: siteId, ownerCompanyId, users, ...established });
    this.dispatchAgain();
  }

  setPolicy(settings: Pick<Settings, 'conflictPolicy' | 'automaticallyCreateContacts'>): void {
    void this.store.changeSettings(siteId, settings);
    const { conflictPolicy: policy, automaticallyCreateContacts: automatic } = settings;
    this.policies.push({ at: this.time.now, policy, automatic });
  }

  pause(scope: 'site' | Kind): void {
    void this.store.setPaused(siteId, scope, true);
    this.pauses.push({ scope, from: this.time.now, to: Infinity });
  }

  resume(scope: 'site' | Kind): void {
    void this.store.setPaused(siteId, scope, false);
    for (const pause of this.pauses) {
      if (pause.scope === scope) pause.to = Math.min(pause.to, this.time.now);
    }
  }

  /** Joins the run that is there, as the client does. */
  sweep(): string {
    return this.server.start(`${siteId}/initial-sync`, 'initialSync', [{ site: siteId, mode: 'sync' }]);
  }

  get isSweeping(): boolean {
    return this.server.isOpen(`${siteId}/initial-sync`);
  }

  engineChanges(): Change[] {
    return this.products.changes.filter(({ actor }) => actor === 'engine');
  }

  /** The other record of the active link that holds this one. */
  private counterpartOf({ side, kind, id }: Row): Row | undefined {
    const link = linkHolding(this.rows, kind, { side, id });
    const other = otherSide(side);
    return link?.phase === 'active' ? this.products.get(other, kind, link.ids[other] ?? '') : undefined;
  }

  private noting(store: Store): Store {
    const noted = new WeakSet<object>();
    const note = ({ view: { records, counterparts } }: Decision) => {
      for (const record of [records.teamwork, records.desk, ...counterparts]) {
        if (record === null || noted.has(record.fields)) continue;
        noted.add(record.fields);
        for (const [name, value] of Object.entries(record.fields)) {
          const key = shownKey(record, name, value);
          if (!this.shown.has(key)) this.shown.set(key, this.time.now);
        }
      }
    };
    const senders = new Map<string, Attempt | null>();
    return {
      ...store,
      beginStep: async (site, planId, index) => {
        const start = await store.beginStep(site, planId, index);
        if ('intent' in start) senders.set(start.intent, presentAttempt());
        return start;
      },
      leaveUnknown: (site, intent) => {
        const sender = senders.get(intent) ?? null;
        const isAtIt = sender !== null && !sender.isOver && !sender.worker.isDead;
        const link = this.rows.intents.get(intent)?.link;
        if (isAtIt && sender !== presentAttempt() && link !== undefined) this.interrupted.push(link);
        return store.leaveUnknown(site, intent);
      },
      savePlan: (site, decision) => {
        note(decision);
        return store.savePlan(site, decision);
      },
      settle: (site, run, decisions) => {
        decisions.forEach(note);
        return store.settle(site, run, decisions);
      },
    };
  }

  /** As the client asks a link's workflow, starting it if need be. */
  askEntity(link: number, kind: Kind, operation: Operation): Promise<unknown> {
    const { id, type, input } = entityOf(kind, link);
    return this.server.updateWithStart(id, type, input, operation.verb, operation);
  }

  private startEntity({ link, kind, read, deleted, priority, run, plan }: DueLink): void {
    const { id, type, input } = entityOf(kind, link);
    const hint = { read, priority, run, ...(plan === null ? {} : { plan }) };
    this.server.signalWithStart(id, type, input, 'changed', hint);
    for (const side of deleted) this.server.signal(id, `${side}Deleted`);
  }

  /** The server's dispatcher: what no run waits for. Now and then it dies with what it has claimed. */
  private dispatchAgain(): void {
    const isReady = [...this.rows.due.values()].some(({ at }) => Date.parse(at) <= this.time.now + soonMs);
    this.time.at(this.time.now + (isReady ? soonMs : laterMs), () => {
      void this.store.claimDue(siteId, null, 50).then((claimed) => {
        const dies = this.faults.rate > 0 && this.random.chance(0.01);
        if (dies && claimed.length > 0) this.marks.add('dispatcher_died');
        for (const due of dies ? [] : claimed) this.startEntity(due);
        this.dispatchAgain();
      });
    });
  }
}

function entityOf(kind: Kind, link: number) {
  const type = kind === 'company' ? 'syncCompany' : 'syncCustomer';
  return { id: `${siteId}/${kind}/${link}`, type, input: [{ site: siteId, kind, link }] };
}
