/** R11, R12: a conflict of the journal in words. */
import { conflictText, keptConflict } from '../../src/wording/conflict-text';

const entry = {
  at: '2026-03-01T12:00:05Z',
  link: 7,
  event: 'conflict',
  side: 'desk',
  run: null,
  workflow: null,
} as const;
const lost = { field: 'lastName', value: 'Dee', against: 'Tee', base: 'Old' };

function textOf(detail: Readonly<Record<string, unknown>>): string {
  const kept = keptConflict({ ...entry, detail });
  return kept === null ? '' : conflictText(kept);
}

describe('R11 a conflict in words', () => {
  test.each([
    [
      { rule: 'policy', decidedBy: 'teamwork', changedAt: null },
      'Both were edited; by the conflict policy Teamwork.com’s stands.',
    ],
    [
      {
        ...{ rule: 'policy', decidedBy: 'latest' },
        changedAt: { teamwork: '2026-03-01T10:00:00Z', desk: null },
      },
      'Both were edited; by the policy “latest” Teamwork.com’s stands: Teamwork.com’s is of 2026-03-01 10:00:00, Desk’s is of an unknown time.',
    ],
  ])('%p', (how, sentence) => {
    expect(textOf({ ...lost, ...how })).toBe(
      `last name: Teamwork.com said “Tee”, Desk said “Dee” (both had agreed on “Old”). ${sentence}`,
    );
  });

  test('R12 of a first match nothing was agreed before', () => {
    const first = { ...lost, base: null, rule: 'first_match', changedAt: null };
    const said = 'last name: Teamwork.com said “Tee”, Desk said “Dee”.';
    expect(textOf({ ...first, decidedBy: 'latest' })).toBe(
      `${said} When they were first matched, both had a value; Teamwork.com’s stands.`,
    );
    const inTeamwork = { ...entry, side: 'teamwork', detail: { ...first, decidedBy: 'asked_for' } } as const;
    expect(keptConflict(inTeamwork)).toMatchObject({
      values: { teamwork: 'Dee', desk: 'Tee' },
      rule: 'When they were first matched, both had a value; Desk’s record was asked for in Teamwork.com, and Desk’s stands.',
    });
  });

  test('R11 of an operator’s choice only what it overruled was said', () => {
    const chosen = { ...lost, against: 'Chosen', rule: 'choice', decidedBy: 'operator', changedAt: null };
    expect(textOf(chosen)).toBe(
      'last name: Desk said “Dee” (both had agreed on “Old”). An operator chose “Chosen”, which stands.',
    );
  });

  test('R32 forgotten, it says so', () => {
    const detail = { field: 'lastName', rule: 'policy', decidedBy: 'desk', changedAt: null };
    expect(textOf(detail)).toContain('Desk said what is no longer kept');
  });

  test('another entry is no conflict', () => {
    expect(keptConflict({ ...entry, event: 'updated', detail: {} })).toBeNull();
  });
});
