/** Activities, grouped by how they are retried. Nothing gives up by itself: a record that cannot be written is parked by its activity. */
import { proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities/create-activities';
import type { Side } from '../domain/record';
import { apiQueue, engineQueue } from './queues';

/** The vendor or the network may be away for hours; its own words (`nextRetryDelay`) come first. */
const patient = { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '2 min' } as const;

/** How long an activity may be silent before its worker counts as dead, in milliseconds; the client says it at the start. */
function heartbeatTimeout(): number {
  const told = workflowInfo().memo?.heartbeatTimeoutMs;
  return typeof told === 'number' ? told : 20_000;
}

/** One write, read or look: seconds, plus the wait for a permit. */
export function callsOf(side: Side): Pick<Activities, 'observe' | 'apply' | 'look'> {
  return proxyActivities<Activities>({
    taskQueue: apiQueue[side],
    startToCloseTimeout: '5 min',
    heartbeatTimeout: heartbeatTimeout(),
    retry: patient,
  });
}

/** A whole listing; the heartbeat carries the page, so a killed worker's successor goes on there. */
export function listingsOf(side: Side): Pick<Activities, 'survey'> {
  return proxyActivities<Activities>({
    taskQueue: apiQueue[side],
    startToCloseTimeout: '24 h',
    heartbeatTimeout: heartbeatTimeout(),
    retry: patient,
  });
}

/** One poll: a page, mostly. What fails for long is tried again by the watch's own turns. */
export function pollsOf(side: Side): Pick<Activities, 'poll'> {
  return proxyActivities<Activities>({
    taskQueue: apiQueue[side],
    startToCloseTimeout: '1 h',
    heartbeatTimeout: heartbeatTimeout(),
    retry: { ...patient, maximumInterval: '15 s' },
    priority: { priorityKey: 2 },
  });
}

/** Long work on the store alone. */
export function longWork(): Pick<Activities, 'planPages' | 'dispatch'> {
  return proxyActivities<Activities>({
    taskQueue: engineQueue,
    startToCloseTimeout: '24 h',
    heartbeatTimeout: heartbeatTimeout(),
    retry: { ...patient, maximumInterval: '10 s' },
  });
}

/** Milliseconds of work on the store: local, so that they cost one marker instead of a task. */
export const { decide, finishDue, releaseDue } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '10 s',
  retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '5 s' },
});

/** An operator waits for it. */
export const { operate } = proxyActivities<Activities>({
  taskQueue: engineQueue,
  startToCloseTimeout: '1 min',
  retry: { ...patient, maximumInterval: '10 s' },
});

/** An operator waits for it, too; the vendor may not be there. */
export function operatorsCalls(): Pick<Activities, 'makeCompany'> {
  return proxyActivities<Activities>({
    taskQueue: apiQueue.desk,
    startToCloseTimeout: '5 min',
    heartbeatTimeout: heartbeatTimeout(),
    retry: patient,
    priority: { priorityKey: 2 },
  });
}

export const { beginRun, enterPhase, setRunState, proveRun } = proxyActivities<Activities>({
  taskQueue: engineQueue,
  startToCloseTimeout: '5 min',
  retry: { ...patient, maximumInterval: '10 s' },
});

export const { checkHooks, probeAccounts, startDue, raiseEpoch } = proxyActivities<Activities>({
  taskQueue: engineQueue,
  startToCloseTimeout: '1 min',
  retry: { ...patient, maximumInterval: '10 s' },
});
