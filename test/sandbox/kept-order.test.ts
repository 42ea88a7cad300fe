import fc from 'fast-check';
import { Table } from '../../src/sandbox/table';

interface Weighed {
  readonly id: number;
  readonly weight: number;
}

type Write = { put: Weighed } | { take: number } | 'look';

const id = fc.integer({ min: 1, max: 12 });
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ put: fc.record({ id, weight: fc.integer({ min: 0, max: 3 }) }) }),
  fc.record({ take: id }),
  fc.constant<Write>('look'),
);
const byWeight = (a: Weighed, b: Weighed) => a.weight - b.weight || a.id - b.id;

test('a kept order equals a fresh sort, whatever was written between two looks', () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 40 }), (writes) => {
      const table = new Table<Weighed>('weighed', 1, {}, () => undefined);
      for (const step of writes) {
        if (step === 'look') table.inOrder('weight', byWeight);
        else if ('put' in step) table.put(step.put);
        else table.take(step.take);
      }
      expect(table.inOrder('weight', byWeight)).toEqual([...table.all()].sort(byWeight));
    }),
  );
});
