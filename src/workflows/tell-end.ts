/** What a run leaves behind when it ends: how its link stands then. The present state lives in the store. */
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { explanations } from '../domain/explain';
import type { Standing } from '../ports/reads';
import { attribute } from './search-attributes';

/** Each is an event and a write of the server's: once for a run, however much it did. Neither waits. */
export function tellEnd({ status, reason, ids }: Standing): void {
  upsertSearchAttributes([
    { key: attribute.linkStatus, value: status },
    { key: attribute.reason, value: reason },
    { key: attribute.teamworkId, value: ids.teamwork },
    { key: attribute.deskId, value: ids.desk },
  ]);
  const why = reason === null ? '' : ` ${explanations[reason].sentence}`;
  setCurrentDetails(`When this run ended, the link was ${status.replace('_', ' ')}.${why}`);
}
