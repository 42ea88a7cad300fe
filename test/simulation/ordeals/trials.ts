/** Which ordeals there are: by campaign, how many trials make one of each. Loads nothing of the engine. */
import { crashPoints } from '../../support/crash-points';
import type { Moment } from '../../support/gate';
import type { Point } from '../engine/crashes';

export type NamedPoint = readonly [name: string, point: Point];

/** The store's transactions in the life of every write, each of which is a point as well. */
const transactions = [
  'savePlan',
  'beginStep',
  'confirmStep',
  'settle',
  'recordObservation',
  'claimDue',
  'finishDue',
];

export const points: readonly NamedPoint[] = [
  ...Object.entries(crashPoints),
  ...transactions.map((name): NamedPoint => [`the transaction ${name}`, name]),
];

export const moments: readonly Moment[] = ['before', 'after'];

export const trialsOf = {
  'crash-points': points.length * moments.length,
  restores: 1,
  'poisoned-listings': 1,
  fortnights: 1,
} as const;
export type OrdealName = keyof typeof trialsOf;
