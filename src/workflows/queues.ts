/** Task queues: one per vendor's API, so that each has its own few slots, and one for everything else. */
import type { Side } from '../domain/record';

export const engineQueue = 'engine';
export const apiQueue: Readonly<Record<Side, string>> = { teamwork: 'teamwork-api', desk: 'desk-api' };
