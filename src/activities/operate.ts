/** Carries out what an operator asked of a link, and starts what became due by it. */
import type { EntityStarter } from '../ports/due';
import type { Operation, OperationResult, OperationStore } from '../ports/operations';
import type { Reads, Standing } from '../ports/reads';
import type { Store } from '../ports/store';

export interface OperateInput {
  readonly site: string;
  readonly link: number;
  readonly operation: Operation;
  /** Of this operation alone: a repetition answers the same and does nothing. */
  readonly id: string;
}

/** What came of it, and how the link stands after it. */
export type Operated = OperationResult & { readonly standing?: Standing | null };

/** Operators see at once what follows; the rest of a long queue is its dispatcher's. */
const startedAtOnce = 200;

export function operateWith(ports: {
  store: Store;
  reads: Reads;
  operations: OperationStore;
  entities: EntityStarter;
}) {
  return async function operate({ site, link, operation, id }: OperateInput): Promise<Operated> {
    const result = await ports.operations.operate(site, link, operation, id);
    if (result.done) {
      const due = await ports.store.claimDue(site, null, startedAtOnce);
      await Promise.all(due.map((one) => ports.entities.start(site, one)));
    }
    return { ...result, standing: await ports.reads.standing(site, link) };
  };
}
