/** The account of every call that the engine made. */
import type { FieldValue, Side } from '../../../src/domain/record';
import type { Attempt } from '../engine/attempt';
import { keyOfRow, type Row } from './rows';

export interface CallLog {
  readonly at: number;
  readonly side: Side;
  readonly what: 'account' | 'list' | 'read' | 'write' | 'prepare' | 'find' | 'changes';
  /** Of a create, and of a look for one: the name or email; null for all else. */
  readonly identity: string | null;
  readonly isCreate: boolean;
  /** The record that is read or updated, by its key; null for all else. */
  readonly record: string | null;
  /** The attempt that makes the call; null outside of activities. */
  readonly by: Attempt | null;
  /** When it was over; `Infinity` while it is on its way. */
  until: number;
  tookEffect: boolean;
  /** The caller could not tell whether it took effect. */
  isLost: boolean;
  /** The caller was told what it had asked for. */
  isAnswered: boolean;
}

export function shownKey(
  row: Pick<Row, 'side' | 'kind' | 'id'>,
  name: string,
  value: FieldValue | undefined,
): string {
  return `${keyOfRow(row)} ${name} ${String(value)}`;
}
