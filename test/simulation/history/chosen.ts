/** How the three numbers of an operation choose sides, kinds, records and values. */
import type { Field, Fields, Kind, Side } from '../../../src/domain/record';
import type { Site } from '../engine/site';
import type { Row } from '../products/rows';

export interface Operation {
  readonly what: string;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** Time that passes before the next one. */
  readonly gapMs: number;
}

export type Act = (site: Site, operation: Operation) => void;

export const sideOf = (n: number): Side => (n % 2 === 0 ? 'teamwork' : 'desk');
export const kindOf = (n: number): Kind => (n % 3 === 0 ? 'company' : 'customer');

export function at<T>(rows: readonly T[], n: number): T | undefined {
  return rows.length === 0 ? undefined : rows[n % rows.length];
}

export function clients(site: Site, side: Side, kind: Kind): Row[] {
  return site.products.live(side, kind).filter(({ scope }) => scope === 'client');
}

export function edit(site: Site, row: Row | undefined, fields: Fields): void {
  if (row !== undefined) site.products.update('user', row, fields);
}

export const textField: Readonly<Record<Kind, readonly Field[]>> = {
  company: ['name', 'website', 'email'],
  customer: ['firstName', 'lastName', 'twitter', 'linkedin', 'facebook'],
};

export function valueFor(name: Field, n: number): string {
  if (name === 'website') return `https://site${n % 500}.test`;
  if (name === 'email') return `mail${n % 500}@box${n % 500}.test`;
  return `${name} ${n % 10_000}`;
}

/** By name: how often, the anomaly that it leads to, if any, and what is done. */
export type Acts = Readonly<Record<string, readonly [weight: number, mark: string | null, act: Act]>>;
