/** Users who edit a record, or its counterpart, at the very time at which the engine writes to it (A02, A18, A19). */
import type { Field, Fields, FieldValue } from '../../../src/domain/record';
import { Refusal, type Products } from './products';
import type { Row } from './rows';

export interface Beside {
  /** Before the write takes effect, so that its answer shows the edit, or after, so that only a later reading does. */
  readonly when: 'before' | 'after';
  readonly whose: 'target' | 'source';
  /** The field to edit, among those that the write leaves alone or those that it carries. */
  readonly choose: (
    written: readonly Field[],
    kind: Row['kind'],
  ) => readonly [name: Field, value: FieldValue] | null;
}

export class Besides {
  private readonly waiting: Beside[] = [];

  constructor(
    private readonly products: Products,
    private readonly counterpartOf: (row: Row) => Row | undefined,
    private readonly met: (mark: string) => void,
  ) {}

  arm(beside: Beside): void {
    this.waiting.push(beside);
  }

  /** The engine writes `values` to that record: whoever waited for it edits. */
  at(when: Beside['when'], row: Row, values: Fields): void {
    const index = this.waiting.findIndex((beside) => beside.when === when);
    const [beside] = index < 0 ? [] : this.waiting.splice(index, 1);
    if (beside === undefined) return;
    const edited = beside.whose === 'target' ? row : this.counterpartOf(row);
    const chosen = beside.choose(Object.keys(values) as Field[], row.kind);
    if (edited === undefined || chosen === null) return;
    try {
      this.products.update('user', edited, { [chosen[0]]: chosen[1] });
      this.met(beside.whose === 'source' ? 'A18' : when === 'before' ? 'A19' : 'A02');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
