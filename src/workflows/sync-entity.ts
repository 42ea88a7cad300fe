/**
 * One writer per record: everything that happens to a link is signalled to its workflow, which drains what it was told
 * and completes. Nothing is lost, for the server refuses to close a run that has an unread signal.
 */
import { condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { changed, deskDeleted, teamworkDeleted, type EntityInput, type Hint } from './messages';
import { settleLink } from './settle-link';

type Entity = (input: EntityInput, carried?: readonly Hint[]) => Promise<void>;

export async function syncEntity(input: EntityInput, carried: readonly Hint[]): Promise<void> {
  const hints: Hint[] = [...carried];
  setHandler(changed, (hint) => void hints.push(hint));
  setHandler(teamworkDeleted, () => void hints.push({ read: ['teamwork'], priority: 1, run: null }));
  setHandler(deskDeleted, () => void hints.push({ read: ['desk'], priority: 1, run: null }));

  // Always started with a signal; it is there once the handlers are.
  await condition(() => hints.length > 0);
  while (hints.length > 0) {
    await settleLink(input, coalesce(hints.splice(0)));
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<Entity>(input, hints.splice(0));
    }
    // Hazard: no await between this emptiness check and the return, or a signal that comes in between is lost.
  }
}

/** Many hints are one turn: the most urgent priority, everything to read, the run that waits for it. */
function coalesce(hints: readonly Hint[]): Hint {
  const [only, ...others] = hints;
  if (only !== undefined && others.length === 0) return only;
  return {
    read: [...new Set(hints.flatMap((hint) => hint.read))],
    priority: hints.reduce<Hint['priority']>(
      (least, hint) => (hint.priority < least ? hint.priority : least),
      4,
    ),
    run: hints.find((hint) => hint.run !== null)?.run ?? null,
  };
}
