import { dispatchWindow } from '../../src/domain/window';

test.each([
  [0, 0, 16],
  [120, 150, 16],
  [240, 0, 16],
  [241, 0, 17],
  [300, 150, 20],
  [150, 300, 20],
  [3_000, 0, 200],
  [6_000, 0, 200],
])(
  'of %i and %i calls a minute, %i links may be unfinished: four seconds of the larger',
  (desk, teamwork, links) => {
    expect(dispatchWindow({ desk: { limitPerMinute: desk }, teamwork: { limitPerMinute: teamwork } })).toBe(
      links,
    );
  },
);
