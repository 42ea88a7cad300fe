import * as fc from 'fast-check';
import { sameFields } from '../../src/domain/canonical';
import { conflictWinner, mergeFields } from '../../src/domain/merge';
import { fieldsOf, otherSide, sides, type Field, type Fields, type Side } from '../../src/domain/record';
import { acrossOf, anyInput, times } from './merge-inputs';
import { both, carriedOut } from './merges';
import { seeded } from './values';

function part(fields: Readonly<Record<Side, Fields>>, keep: readonly Field[]): Record<Side, Fields> {
  const of = (side: Side): Fields =>
    Object.fromEntries(Object.entries(fields[side]).filter(([field]) => keep.includes(field as Field)));
  return both(of('teamwork'), of('desk'));
}

describe('laws of the merge', () => {
  it('R10 carried out, a merge leaves nothing to write, to lose or to agree on', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const again = mergeFields(carriedOut(input, acrossOf));
        expect(again.writes).toEqual(both({}, {}));
        expect(again.losers).toEqual([]);
      }),
      seeded(200),
    );
  });

  it('R15 a crash between the two writes, whichever was first, changes nothing about where it ends', () => {
    fc.assert(
      fc.property(anyInput, fc.constantFrom(...sides), (input, first) => {
        const whole = carriedOut(input, acrossOf);
        const resumed = carriedOut(carriedOut(input, acrossOf, [first]), acrossOf);
        for (const side of sides)
          expect(sameFields('customer', resumed.fields[side], whole.fields[side])).toBe(true);
      }),
      seeded(200),
    );
  });

  it('R10 no field touches another', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const whole = mergeFields(input);
        for (const field of fieldsOf.customer) {
          // Which email is primary decides which may be an alternative: this pair alone goes together.
          const keep: Field[] = field === 'alternativeEmails' ? ['email', field] : [field];
          const alone = mergeFields({
            ...input,
            fields: part(input.fields, keep),
            bases: part(input.bases, keep),
          });
          for (const side of sides) {
            expect(alone.writes[side][field]).toEqual(whole.writes[side][field]);
            expect(alone.agreed[side][field]).toEqual(whole.agreed[side][field]);
          }
        }
      }),
      seeded(50),
    );
  });

  it('R8 an unread field is never written, agreed on, noted or lost', () => {
    fc.assert(
      fc.property(
        anyInput,
        fc.constantFrom(...fieldsOf.customer),
        fc.constantFrom(...sides),
        (input, field, side) => {
          const { [field]: _unread, ...read } = input.fields[side];
          const merge = mergeFields({ ...input, fields: { ...input.fields, [side]: read } });
          const touched = [...Object.values(merge.writes), ...Object.values(merge.agreed)].flatMap(
            Object.keys,
          );
          expect([
            ...touched,
            ...merge.notes.map((note) => note.field),
            ...merge.losers.map((lost) => lost.field),
          ]).not.toContain(field);
        },
      ),
      seeded(100),
    );
  });

  it('R10 only what changes is written, and every write knows what its source agreed to', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const merge = mergeFields(input);
        for (const side of sides) {
          expect(Object.keys(merge.sourceBases[side])).toEqual(Object.keys(merge.writes[side]));
          for (const [field, value] of Object.entries(merge.writes[side])) {
            expect(value).not.toEqual(input.fields[side][field as Field]);
          }
        }
      }),
      seeded(100),
    );
  });

  it('R11 every value that a write replaces was its base, blank, or is kept as a loser', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const merge = mergeFields(input);
        for (const side of sides) {
          for (const field of Object.keys(merge.writes[side]) as Field[]) {
            const [value, base] = [input.fields[side][field], input.bases[side][field]];
            if (field === 'alternativeEmails') continue;
            const kept = merge.losers.some(
              (lost) =>
                lost.field === field && lost.side === side && lost.value === value && lost.against !== value,
            );
            const [was, is] = [String(base ?? ''), String(value)].map((text) => text.trim().toLowerCase());
            expect(kept || was === is || is === '' || is === 'no email').toBe(true);
          }
        }
      }),
      seeded(100),
    );
  });

  it('R12 the policies teamwork and desk are each other’s mirror', () => {
    const swap = <T>(record: Readonly<Record<Side, T>>) => both(record.desk, record.teamwork);
    const open = anyInput.map((input) => ({
      ...input,
      signsIn: false,
      askedFor: false,
      policy: 'teamwork' as const,
    }));
    fc.assert(
      fc.property(open, (input) => {
        const { alternativeEmails: _limited, ...teamwork } = input.fields.teamwork;
        const one = { ...input, fields: both<Fields>(teamwork, input.fields.desk) };
        const other = {
          ...one,
          policy: 'desk' as const,
          fields: swap(one.fields),
          bases: swap(one.bases),
          companyAcross: swap(one.companyAcross),
        };
        const [merge, mirror] = [mergeFields(one), mergeFields(other)];
        expect(mirror.writes).toEqual(swap(merge.writes));
        expect(mirror.agreed).toEqual(swap(merge.agreed));
        expect(mirror.losers).toEqual(
          merge.losers.map((lost) => ({ ...lost, side: otherSide(lost.side), decidedBy: 'desk' })),
        );
      }),
      seeded(100),
    );
  });
});

describe('R11 the order of edits', () => {
  /** Whether `one`, made in Desk, stands against `other`, made in Teamwork.com: strictly later. */
  function beats(one: string | null, other: string | null): boolean {
    const changedAt = both({ name: other ?? '' }, { name: one ?? '' });
    return conflictWinner({ policy: 'latest', changedAt, createdAt: both(null, null) }, 'name') === 'desk';
  }

  it('R11 is total: nothing beats itself, of two one at most, and beating and being as late carry over', () => {
    for (const one of times) {
      expect(beats(one, one)).toBe(false);
      for (const other of times) {
        expect(beats(one, other) && beats(other, one)).toBe(false);
        for (const third of times) {
          if (beats(one, other) && beats(other, third)) expect(beats(one, third)).toBe(true);
          const asLate = (a: string | null, b: string | null) => !beats(a, b) && !beats(b, a);
          if (asLate(one, other) && asLate(other, third)) expect(asLate(one, third)).toBe(true);
        }
      }
    }
  });
});
