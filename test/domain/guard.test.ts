import {
  allowance,
  countBreaks,
  holdMassChange,
  linksForRoom,
  replacesValue,
  type MassChange,
} from '../../src/domain/guard';

/** How many of a thousand proposed pass. */
function passing(change: MassChange, activeLinks: number, passed = 0): number {
  const proposed = Array.from({ length: 1_000 }, (_, n) => n);
  const { passes, held } = holdMassChange({ change, activeLinks, passed, proposed });
  expect([...passes, ...held]).toEqual(proposed);
  return passes.length;
}

describe('R26 mass change is held', () => {
  it.each([
    ['break', 3, 25],
    ['break', 4, 2],
    ['break', 5, 2],
    ['break', 40, 20],
    ['break', 50, 25],
    ['break', 500, 25],
    ['break', 519, 25],
    ['break', 520, 26],
    ['break', 10_000, 500],
    ['field_change', 10, 25],
    ['field_change', 125, 25],
    ['field_change', 130, 26],
    ['field_change', 1_000, 200],
    ['contact_creation', 0, 50],
    ['contact_creation', 1_000, 50],
    ['contact_creation', 1_020, 51],
  ] as const)('R26 %s: of %i active links, %i pass', (change, activeLinks, expected) => {
    expect(passing(change, activeLinks)).toBe(expected);
  });

  it('R26 what passed before stands and counts', () => {
    expect(passing('field_change', 1_000, 150)).toBe(50);
    expect(passing('field_change', 1_000, 200)).toBe(0);
    expect(passing('field_change', 1_000, 900)).toBe(0);
  });

  it('R26 one break at a time holds at the same number as all at once', () => {
    let [active, passed] = [40, 0];
    while (
      holdMassChange({ change: 'break', activeLinks: active, passed, proposed: [1] }).passes.length === 1
    ) {
      active -= 1;
      passed += 1;
    }
    expect(passed).toBe(passing('break', 40));
  });

  it.each(['break', 'field_change', 'contact_creation'] as const)(
    'R26 %s: links beyond what is enough make no difference to whether another passes',
    (change) => {
      for (const passed of [0, 1, 24, 25, 49, 50, 99]) {
        const enough = linksForRoom(change, passed);
        const hasRoom = (links: number) => allowance(change, links, passed) > passed;
        const numbers = Array.from({ length: 2 * enough }, (_, links) => links);
        expect(numbers.filter((links) => hasRoom(Math.min(links, enough)) !== hasRoom(links))).toEqual([]);
        expect(hasRoom(enough)).toBe(true);
      }
    },
  );

  it('R26 no more links are asked for than the share needs', () => {
    expect(linksForRoom('break', 49)).toBe(1_000);
    expect(linksForRoom('field_change', 49)).toBe(250);
    expect(linksForRoom('contact_creation', 50)).toBe(1_020);
  });

  it('R26 a company with the people its deletion took is one break', () => {
    const people = Array.from({ length: 40 }, () => ({ causeLink: 7 }));
    expect(countBreaks(people)).toBe(0);
    expect(countBreaks([...people, { causeLink: null }, { causeLink: null }])).toBe(2);
  });

  it('R26 only a value that goes counts, not a blank that is filled nor another form', () => {
    expect(replacesValue('website', 'a.com', '')).toBe(true);
    expect(replacesValue('website', 'a.com', 'b.com')).toBe(true);
    expect(replacesValue('website', 'a.com', 'https://a.com/')).toBe(false);
    expect(replacesValue('website', '', 'a.com')).toBe(false);
    expect(replacesValue('website', undefined, 'a.com')).toBe(false);
    expect(replacesValue('alternativeEmails', ['a@x.org'], [])).toBe(true);
  });
});
