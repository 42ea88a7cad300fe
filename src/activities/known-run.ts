/** A run that the store does not know: an older copy of the database was put back while it worked (DESIGN §3). */
import { ApplicationFailure } from '@temporalio/activity';
import type { Store } from '../ports/store';

/** What it has done is not in the copy: it ends, and whoever starts the next one begins at what the copy knows. */
export async function mustKnowRun(store: Store, site: string, run: string): Promise<void> {
  if ((await store.run(site, run)) !== null) return;
  throw ApplicationFailure.nonRetryable(
    `The database knows nothing of run ${run} of site ${site}: it is an older copy. Start a run anew.`,
    'RunUnknown',
  );
}
