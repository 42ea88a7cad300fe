import type { Fields } from '../../src/domain/record';
import { acme, both, company, keeping, merged } from './merges';

describe('R10 three-way', () => {
  it('R10 nothing edited, nothing to do', () => {
    expect(company({}, {})).toEqual({});
  });

  it('R13 another form of the base is no edit', () => {
    expect(
      company({ website: 'https://www.acme.com/', email: 'Office@acme.com' }, { name: 'Acme ' }),
    ).toEqual({});
  });

  it('R13 sides that differ as their bases do have nothing to say', () => {
    const bases = both(acme, { ...acme, name: 'ACME' });
    expect(company({}, { name: 'ACME' }, { bases })).toEqual({});
  });

  it('R10 an edit on one side goes to the other, alone', () => {
    expect(company({ name: 'Acme 2' }, {})).toEqual({
      writes: { desk: { name: 'Acme 2' } },
      sourceBases: { desk: { name: 'Acme 2' } },
    });
  });

  it('R10 edits of different fields both survive', () => {
    expect(company({ name: 'Acme 2' }, { website: 'acme.org' })).toEqual({
      writes: { desk: { name: 'Acme 2' }, teamwork: { website: 'acme.org' } },
      sourceBases: { desk: { name: 'Acme 2' }, teamwork: { website: 'acme.org' } },
    });
  });

  it('R10 equal edits are agreement, each side in its own form', () => {
    expect(company({ website: 'acme.org' }, { website: 'https://acme.org/' })).toEqual({
      agreed: { teamwork: { website: 'acme.org' }, desk: { website: 'https://acme.org/' } },
    });
  });

  it('R10 an edit that reaches what the other side has ends there', () => {
    const bases = both(acme, { ...acme, name: 'ACME' });
    expect(company({ name: 'ACME' }, { name: 'ACME' }, { bases })).toEqual({
      agreed: { teamwork: { name: 'ACME' }, desk: { name: 'ACME' } },
    });
  });

  it('R8 an unread field takes no part and keeps its base', () => {
    const fields = both<Fields>({ name: 'Acme', email: '' }, { name: 'Acme', website: 'acme.org' });
    expect(merged({ kind: 'company', fields, bases: both(acme, acme) })).toEqual({});
  });

  it('R13 what is sent is trimmed and holds nothing that cannot be stored', () => {
    expect(company({ name: ' Ac\0me 2\n' }, {}).writes).toEqual({ desk: { name: 'Acme 2' } });
  });
});

describe('R11 both sides edited one field', () => {
  const at = (teamwork: string, desk: string) => ({ changedAt: both({ name: teamwork }, { name: desk }) });

  it.each([
    ['latest', 'the later edit', at('2026-01-01T00:00:01Z', '2026-01-01T00:00:02Z'), 'desk'],
    ['latest', 'the later edit', at('2026-01-01T00:00:02Z', '2026-01-01T00:00:01Z'), 'teamwork'],
    [
      'latest',
      'the later by a nanosecond',
      at('2026-01-01T00:00:01.123456788Z', '2026-01-01T00:00:01.123456789Z'),
      'desk',
    ],
    [
      'latest',
      'Teamwork.com at the same instant in another zone',
      at('2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00'),
      'teamwork',
    ],
    [
      'latest',
      'the later by half a second, written or not',
      at('2026-01-01T00:00:01Z', '2026-01-01T00:00:01.5Z'),
      'desk',
    ],
    ['latest', 'Teamwork.com when no time is known', {}, 'teamwork'],
    [
      'latest',
      'the one whose time is known',
      { changedAt: both({}, { name: '2026-01-01T00:00:00Z' }) },
      'desk',
    ],
    [
      'latest',
      'by creation where there was no update',
      { createdAt: both('2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z') },
      'desk',
    ],
    ['latest', 'Teamwork.com when a time is no time', at('soon', 'later'), 'teamwork'],
    [
      'teamwork',
      'Teamwork.com, however early',
      at('2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
      'teamwork',
    ],
    ['desk', 'Desk, however early', at('2026-01-01T00:00:00Z', '2025-01-01T00:00:00Z'), 'desk'],
  ] as const)('R11 %s: %s wins and the loser is kept', (policy, _, times, winner) => {
    const values = both('Acme T', 'Acme D');
    const loser = winner === 'desk' ? 'teamwork' : 'desk';
    expect(company({ name: 'Acme T' }, { name: 'Acme D' }, { policy, ...times })).toEqual({
      writes: { [loser]: { name: values[winner] } },
      sourceBases: { [loser]: { name: values[winner] } },
      losers: [keeping({ side: loser, value: values[loser], against: values[winner], decidedBy: policy })],
    });
  });
});

describe('R11 what is kept of a conflict', () => {
  const bases = both(acme, { ...acme, name: 'ACME' });
  const values = { value: 'Acme D', against: 'Acme T', base: 'ACME' };
  const kept = (rules: object) =>
    company({ name: 'Acme T' }, { name: 'Acme D' }, { bases, ...rules }).losers?.[0];

  it('R11 all that decided it: both values, what the loser had agreed on, the policy, the times', () => {
    const changedAt = both({ name: '2026-01-01T00:00:02Z' }, { name: '2026-01-01T00:00:01Z' });
    expect(kept({ changedAt })).toEqual({
      ...{ field: 'name', side: 'desk', ...values, rule: 'policy', decidedBy: 'latest' },
      changedAt: both('2026-01-01T00:00:02Z', '2026-01-01T00:00:01Z'),
    });
    expect(kept({ changedAt, policy: 'teamwork' })).toEqual({
      ...{ field: 'name', side: 'desk', ...values, rule: 'policy', decidedBy: 'teamwork', changedAt: null },
    });
  });

  it.each([
    [{}, { decidedBy: 'latest', side: 'desk' }],
    [{ policy: 'desk' }, { decidedBy: 'desk', side: 'teamwork' }],
    [{ askedFor: true }, { decidedBy: 'asked_for', side: 'teamwork' }],
  ] as const)('R12 of a first match under %p nothing was agreed before', (rules, how) => {
    const first = { bases: both<Fields>({}, {}), ...rules };
    expect(kept(first)).toMatchObject({ ...how, rule: 'first_match', base: null, changedAt: null });
  });
});
