/** The in-memory store's composition: what one process opens of a memory that several may share. */
import { setTimeout as realSleep } from 'node:timers/promises';
import type { Budget } from '../../../src/ports/budget';
import type { OperationStore } from '../../../src/ports/operations';
import type { Reads } from '../../../src/ports/reads';
import type { Store } from '../../../src/ports/store';
import { memoryBudget, type Sleep } from './budget';
import { confirmMethods } from './confirm';
import { dueMethods } from './due';
import { holdMethods } from './holds';
import { intentMethods } from './intents';
import type { Memory } from './memory';
import { operationMethods } from './operator-dues';
import { plannedMethods } from './planned';
import { planMethods } from './plans';
import { memoryReads } from './reads';
import { runMethods } from './runs';
import { settleMethods } from './settle';
import { siteMethods } from './sites';
import { stepMethods } from './steps';
import { surveyMethods } from './surveys';
import { viewMethods } from './views';

export interface MemoryStoreOptions {
  readonly settleMs: number;
  readonly redispatchMs: number;
  /** How a wait for a token passes; real time unless set. */
  readonly sleep?: Sleep;
}

export interface OpenMemoryStore {
  readonly store: Store;
  readonly budget: Budget;
  readonly reads: Reads;
  readonly operations: OperationStore;
  close(): Promise<void>;
}

export function openMemoryStore(memory: Memory, options: MemoryStoreOptions): OpenMemoryStore {
  const { settleMs, redispatchMs, sleep = (ms: number) => realSleep(ms) } = options;
  const kept = {
    ...siteMethods(memory),
    ...surveyMethods(memory),
    ...viewMethods(memory),
    ...settleMethods(memory),
    ...plannedMethods(memory),
    ...planMethods(memory),
    ...stepMethods(memory, { settleMs }),
    ...confirmMethods(memory),
    ...intentMethods(memory, { settleMs }),
    ...dueMethods(memory, { redispatchMs }),
    ...runMethods(memory),
    ...holdMethods(memory),
  };
  // Aggregates that nothing in the simulation uses are not kept.
  const store = Object.assign({} as Store, kept);
  return {
    store,
    budget: memoryBudget(memory, sleep),
    reads: Object.assign({} as Reads, memoryReads(memory)),
    operations: Object.assign({} as OperationStore, operationMethods(memory)),
    close: () => Promise.resolve(),
  };
}
