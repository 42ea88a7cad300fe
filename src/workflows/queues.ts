/** Task queues: one per vendor's API, so that each has its own few slots, one for the watches, of which each keeps its slot, and one for everything else. */
import type { Side } from '../domain/record';

export const engineQueue = 'engine';
export const watchQueue = 'watch';
export const apiQueue: Readonly<Record<Side, string>> = { teamwork: 'teamwork-api', desk: 'desk-api' };
