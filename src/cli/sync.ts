/** `sync`: the InitialSync and its plan. */
import { Command } from '@commander-js/extra-typings';
import { programName } from './new-command';
import type { Session } from './session';
import { syncApplyCommand } from './sync-apply';
import { syncPlanCommand } from './sync-plan';
import { syncStartCommand } from './sync-start';
import { syncStatusCommand } from './sync-status';
import { syncUndoCommand } from './sync-undo';
import { syncCancelCommand, syncPauseCommand, syncResumeCommand } from './sync-steering';

export function syncCommand(session: Session) {
  return new Command('sync')
    .description(
      'Make both sides agree: start, watch, steer, only plan the InitialSync, carry out its plan, or unlink what it linked',
    )
    .addHelpText('after', `\nExample:\n  $ ${programName} sync start`)
    .addCommand(syncStartCommand(session))
    .addCommand(syncStatusCommand(session))
    .addCommand(syncPauseCommand(session))
    .addCommand(syncResumeCommand(session))
    .addCommand(syncCancelCommand(session))
    .addCommand(syncPlanCommand(session))
    .addCommand(syncApplyCommand(session))
    .addCommand(syncUndoCommand(session));
}
