import type { Fields } from '../../src/domain/record';
import { both, company, keeping, merged } from './merges';

const ann: Fields = { firstName: 'Ann', lastName: 'Lee', email: 'ann@acme.com', twitter: 'ann' };

function customer(teamwork: Fields, desk: Fields, more: object = {}) {
  return merged({
    fields: both({ ...ann, ...teamwork }, { ...ann, ...desk }),
    bases: both(ann, ann),
    ...more,
  });
}

describe('R12 emptied fields and first matches', () => {
  it('R12 an emptied field is an edit', () => {
    expect(company({ website: '' }, {})).toEqual({
      writes: { desk: { website: '' } },
      sourceBases: { desk: { website: '' } },
    });
  });

  it('R9 an emptied essential field is not sent', () => {
    expect(company({ name: '' }, {})).toEqual({ notes: [{ field: 'name', reason: 'essential_missing' }] });
  });

  it('R9 the blank is overwritten when the other side edits the field', () => {
    expect(company({ name: '\u200b' }, { name: 'Acme 2' }, { policy: 'teamwork' })).toEqual({
      writes: { teamwork: { name: 'Acme 2' } },
      sourceBases: { teamwork: { name: 'Acme 2' } },
    });
  });

  it.each(['not an email', 'ann@acme.com\r\nBcc: eve@x.org', 'a@x.org, b@x.org'])(
    'R9 %j is not sent as an email and holds nothing else up',
    (email) => {
      expect(customer({ email, lastName: 'Poe' }, {})).toEqual({
        writes: { desk: { lastName: 'Poe' } },
        sourceBases: { desk: { lastName: 'Poe' } },
        notes: [{ field: 'email', reason: 'essential_missing' }],
      });
    },
  );

  it('R9 of two emails that are none, neither is sent and neither is lost', () => {
    expect(customer({ email: 'ann at acme' }, { email: 'ann at home' })).toEqual({
      notes: [{ field: 'email', reason: 'essential_missing' }],
    });
  });

  const first = (teamwork: Fields, desk: Fields, more: object = {}) =>
    merged({ kind: 'company', fields: both(teamwork, desk), ...more });

  it('R12 at a first match what agrees is the base', () => {
    expect(first({ name: 'Acme', website: '' }, { name: 'Acme', website: '' })).toEqual({
      agreed: both({ name: 'Acme', website: '' }, { name: 'Acme', website: '' }),
    });
  });

  it('R12 at a first match a blank never beats a value', () => {
    expect(first({ name: 'Acme', website: 'http://' }, { name: 'Acme', website: 'acme.com' }).writes).toEqual(
      {
        teamwork: { website: 'acme.com' },
      },
    );
    expect(
      first({ name: 'Acme', website: 'acme.com' }, { name: 'Acme', website: '' }, { policy: 'desk' }).writes,
    ).toEqual({
      desk: { website: 'acme.com' },
    });
  });

  it.each([
    ['Teamwork.com', {}, 'teamwork'],
    ['Teamwork.com', { policy: 'teamwork' }, 'teamwork'],
    ['Desk by policy', { policy: 'desk' }, 'desk'],
    ['Desk when it was asked for', { askedFor: true }, 'desk'],
  ] as const)('R12 at a first match of two values %s wins', (_, rule, winner) => {
    const values = both('Acme T', 'Acme D');
    const loser = winner === 'desk' ? 'teamwork' : 'desk';
    expect(first({ name: 'Acme T' }, { name: 'Acme D' }, rule)).toEqual({
      writes: { [loser]: { name: values[winner] } },
      sourceBases: { [loser]: { name: values[winner] } },
      losers: [keeping({ side: loser, value: values[loser], against: values[winner], rule: 'first_match' })],
    });
  });

  it('R12 a field read for the first time on a linked pair is a first match of that field', () => {
    const { twitter: _unknown, ...known } = ann;
    const bases = both<Fields>(ann, known);
    expect(customer({}, { twitter: 'lee' }, { bases })).toEqual({
      writes: { desk: { twitter: 'ann' } },
      sourceBases: { desk: { twitter: 'ann' } },
      losers: [keeping({ field: 'twitter', side: 'desk', value: 'lee', base: null, rule: 'first_match' })],
    });
  });

  it('R12 so is one that only Teamwork.com had never been read for', () => {
    const { twitter: _unknown, ...known } = ann;
    expect(
      customer(
        {},
        {},
        {
          fields: both(ann, { ...ann, twitter: 'lee' }),
          bases: both<Fields>(known, { ...ann, twitter: 'lee' }),
        },
      ),
    ).toEqual({
      writes: { desk: { twitter: 'ann' } },
      sourceBases: { desk: { twitter: 'ann' } },
      losers: [keeping({ field: 'twitter', side: 'desk', value: 'lee', base: 'lee', rule: 'first_match' })],
    });
  });

  it('R12 two avatars at a first match both stay, one goes across', () => {
    expect(merged({ fields: both({ avatar: 'https://t/1.png' }, { avatar: 'https://d/1.png' }) })).toEqual({
      agreed: both({ avatar: 'https://t/1.png' }, { avatar: 'https://d/1.png' }),
      notes: [{ field: 'avatar', reason: 'both_kept' }],
    });
    expect(merged({ fields: both({ avatar: 'https://t/1.png' }, { avatar: '' }) }).writes).toEqual({
      desk: { avatar: 'https://t/1.png' },
    });
  });
});
