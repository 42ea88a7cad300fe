/** Activities, grouped by how they are retried. Nothing gives up by itself: a record that cannot be written is parked by its activity. */
import {
  ActivityCancellationType,
  proxyActivities,
  proxyLocalActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/create-activities';
import type { Side } from '../domain/record';
import { apiQueue, engineQueue, watchQueue } from './queues';

/** The vendor or the network may be away for hours; its own words (`nextRetryDelay`) come first. */
const patient = { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '2 min' } as const;

/** How long an activity may be silent before its worker counts as dead, in milliseconds; the client says it at the start. */
function heartbeatTimeout(): number {
  const told = workflowInfo().memo?.heartbeatTimeoutMs;
  return typeof told === 'number' ? told : 20_000;
}

/** As the Temporal UI shows it beside each activity. */
const vendor: Readonly<Record<Side, string>> = { teamwork: 'Teamwork.com', desk: 'Desk' };

/** One write, read or look: seconds, plus the wait for a permit. */
export function callsOf(side: Side): Pick<Activities, 'observe' | 'apply' | 'look'> {
  const call = (summary: string) =>
    proxyActivities<Activities>({
      taskQueue: apiQueue[side],
      startToCloseTimeout: '5 min',
      heartbeatTimeout: heartbeatTimeout(),
      retry: patient,
      summary,
    });
  return {
    observe: call(`Reads the record in ${vendor[side]}`).observe,
    apply: call(`Writes to ${vendor[side]}`).apply,
    look: call(`Looks in ${vendor[side]} for a write whose answer was lost`).look,
  };
}

/** A whole listing; the heartbeat carries the page, so a killed worker's successor goes on there. */
export function listingsOf(side: Side): Pick<Activities, 'survey'> {
  return proxyActivities<Activities>({
    taskQueue: apiQueue[side],
    startToCloseTimeout: '24 h',
    heartbeatTimeout: heartbeatTimeout(),
    retry: patient,
    summary: `Reads a whole listing of ${vendor[side]}`,
  });
}

/** Beats of a watch are a thousand sites' too: some are left out. */
const watchBeats = 3;

/** Goes on for long; cancelled, it answers what it remembers. Once: behind nobody's back, for somebody waits. */
const watching = (summary: string) =>
  proxyActivities<Activities>({
    taskQueue: watchQueue,
    startToCloseTimeout: '2 h',
    heartbeatTimeout: heartbeatTimeout() * watchBeats,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { ...patient, maximumInterval: '15 s' },
    priority: { priorityKey: 2 },
    summary,
  });
export const watch: Activities['watch'] = (task) => watching('Polls both sides, again and again').watch(task);
export const lookOnce: Activities['watch'] = (task) => watching('Polls both sides now').watch(task);

/** One poll: a page, mostly. What fails for long is tried again by the watch's own turns. */
export function pollsOf(side: Side): Pick<Activities, 'poll'> {
  return proxyActivities<Activities>({
    taskQueue: apiQueue[side],
    startToCloseTimeout: '1 h',
    heartbeatTimeout: heartbeatTimeout(),
    retry: { ...patient, maximumInterval: '15 s' },
    priority: { priorityKey: 2 },
    summary: `Asks ${vendor[side]} what is new`,
  });
}

/** Long work on the store alone. */
export function longWork(): Pick<Activities, 'planPages' | 'dispatch' | 'planAndDispatch' | 'proveRun'> {
  const work = (summary: string) =>
    proxyActivities<Activities>({
      taskQueue: engineQueue,
      startToCloseTimeout: '24 h',
      heartbeatTimeout: heartbeatTimeout(),
      retry: { ...patient, maximumInterval: '10 s' },
      summary,
    });
  return {
    planPages: work('Decides page by page; links what agrees').planPages,
    dispatch: work('Starts the links that have something to write').dispatch,
    planAndDispatch: work(
      'Decides page by page; links what agrees; starts the links that have something to write',
    ).planAndDispatch,
    proveRun: work('Compares both sides and writes the report').proveRun,
  };
}

/** Milliseconds of work on the store: local, so that they cost one marker instead of a task. */
const ownWork = (summary: string) =>
  proxyLocalActivities<Activities>({
    startToCloseTimeout: '10 s',
    retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '5 s' },
    summary,
  });
export const { decide } = ownWork('Decides what is to be done');
export const { finishDue } = ownWork('Done: no longer due');
export const { releaseDue } = ownWork('Stopped: due again later');

/** An operator waits for it; the vendor may not be there. */
export function operatorsCalls(): Pick<Activities, 'makeCompany'> {
  return proxyActivities<Activities>({
    taskQueue: apiQueue.desk,
    startToCloseTimeout: '5 min',
    heartbeatTimeout: heartbeatTimeout(),
    retry: patient,
    priority: { priorityKey: 2 },
    summary: 'Makes the company in Desk',
  });
}

/** A statement or two: a worker that has not done it by then is dead. */
const shortWork = (summary: string) =>
  proxyActivities<Activities>({
    taskQueue: engineQueue,
    startToCloseTimeout: '1 min',
    retry: { ...patient, maximumInterval: '10 s' },
    summary,
  });
export const { operate } = shortWork('Carries out what an operator asked for');
export const { beginRun } = shortWork('Begins the run');
export const { enterPhase } = shortWork('Enters the next phase');
export const { setRunState } = shortWork('Ends the run');

export const { checkHooks } = shortWork('Looks whether the hooks are still on');
export const { probeAccounts } = shortWork('Makes sure that the accounts are those first seen');
export const { startDue } = shortWork('Starts what is due');
export const { raiseEpoch } = shortWork('Makes sure that the database is not an older one');
