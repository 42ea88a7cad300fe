/** The colours of statuses, the same in every answer. */
import type { Status } from '../domain/link';
import type { Tone } from './terminal';

export const toneOf: Readonly<Record<Status, Tone | null>> = {
  broken: 'bad',
  failing: 'bad',
  paused: 'warn',
  question: 'warn',
  held: 'warn',
  suspended: 'warn',
  waiting: 'warn',
  pending: 'warn',
  excluded: null,
  in_sync: 'good',
};
