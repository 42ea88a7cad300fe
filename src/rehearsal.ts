/** A rehearsal: both sides of a site in other words, for the sandbox to play them (`npm start -- --rehearsal <file>`). */
import { createHmac, randomBytes } from 'node:crypto';
import type { Kind, Observation, Side } from './domain/record';
import { fieldsReplaced, hostReplaced } from './domain/stand-ins';
import type { Comparison } from './verify';

export interface RehearsalRow extends Pick<
  Observation,
  'id' | 'scope' | 'signsIn' | 'fields' | 'createdAt' | 'updatedAt'
> {
  /** Of a Desk company, its own domains too. */
  readonly domains: readonly string[];
}

export interface Rehearsal {
  readonly format: 'teamwork-desk-sync rehearsal 1';
  readonly records: Readonly<Record<Side, Readonly<Record<Kind, readonly RehearsalRow[]>>>>;
}

/** The key of the words is forgotten with the rehearsal's making. */
export function rehearsalOf({ input }: Comparison): Rehearsal {
  const key = randomBytes(32);
  const digest = (word: string) => createHmac('sha256', key).update(word).digest('hex').slice(0, 12);
  const rowOf = (record: Observation): RehearsalRow => {
    const { id, scope, signsIn, createdAt, updatedAt, domains } = record;
    return {
      ...{ id, scope, signsIn, createdAt, updatedAt },
      fields: fieldsReplaced(record, digest),
      domains: domains.map((domain) => hostReplaced(domain, digest)),
    };
  };
  const rowsOf = (side: Side) => ({
    company: [...input.records[side].company.values()].map(rowOf),
    customer: [...input.records[side].customer.values()].map(rowOf),
  });
  const records = { teamwork: rowsOf('teamwork'), desk: rowsOf('desk') };
  return { format: 'teamwork-desk-sync rehearsal 1', records };
}
