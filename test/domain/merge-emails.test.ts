import type { Fields } from '../../src/domain/record';
import { agreedEmails, agreedOnBoth } from '../../src/domain/merge-emails';
import { both, merged } from './merges';

type Emails = readonly string[];

/** Alternative emails of both sides and of their bases; the primary email is p@x.org on both. */
function alternatives(
  teamwork: Emails,
  desk: Emails,
  base: Emails | readonly [Emails, Emails] | null,
  more: object = {},
) {
  const fields = both<Fields>(
    { email: 'p@x.org', alternativeEmails: teamwork },
    { email: 'p@x.org', alternativeEmails: desk },
  );
  const [known, alsoKnown] =
    base !== null && Array.isArray(base[0]) ? (base as [Emails, Emails]) : [base, base];
  const baseOf = (emails: unknown): Fields =>
    base === null ? { email: 'p@x.org' } : { email: 'p@x.org', alternativeEmails: emails as Emails };
  return merged({ fields, bases: both(baseOf(known), baseOf(alsoKnown)), ...more });
}

const [a, b, c, d, e] = ['a@x.org', 'b@x.org', 'c@x.org', 'd@x.org', 'e@x.org'];

describe('R8 alternative emails are a set', () => {
  it('R8 slots and case mean nothing', () => {
    expect(alternatives([a, b], [b.toUpperCase(), a], [a, b])).toEqual({});
  });

  it('R8 at a first match both sides get all', () => {
    expect(alternatives([a, b], [b, c], null)).toEqual({
      writes: { teamwork: { alternativeEmails: [a, b, c] }, desk: { alternativeEmails: [b, c, a] } },
      sourceBases: { teamwork: { alternativeEmails: [b, c] }, desk: { alternativeEmails: [a, b] } },
      agreed: both({ alternativeEmails: [b] }, { alternativeEmails: [b] }),
    });
  });

  it('R10 one added on each side, both survive', () => {
    expect(alternatives([a, b], [a, c], [a]).writes).toEqual({
      teamwork: { alternativeEmails: [a, b, c] },
      desk: { alternativeEmails: [a, c, b] },
    });
  });

  it('R10 one taken away on one side goes on the other', () => {
    expect(alternatives([a], [a, b], [a, b])).toEqual({
      writes: { desk: { alternativeEmails: [a] } },
      sourceBases: { desk: { alternativeEmails: [a] } },
    });
  });

  it('R10 one taken away here while another is added there', () => {
    expect(alternatives([], [a, b], [a]).writes).toEqual({
      teamwork: { alternativeEmails: [b] },
      desk: { alternativeEmails: [b] },
    });
  });

  it('R10 the same added on both sides is agreement', () => {
    expect(alternatives([a, b], [a, b], [a])).toEqual({
      agreed: both({ alternativeEmails: [a, b] }, { alternativeEmails: [a, b] }),
    });
  });

  it('R10 the same taken away on both sides is agreement', () => {
    expect(alternatives([a], [a], [a, b])).toEqual({
      agreed: both({ alternativeEmails: [a] }, { alternativeEmails: [a] }),
    });
  });

  it('R8 unread is not empty', () => {
    const fields = both<Fields>({ alternativeEmails: [a] }, {});
    const bases = both<Fields>({ alternativeEmails: [a] }, { alternativeEmails: [a] });
    expect(merged({ fields, bases })).toEqual({});
  });

  it('R13 what a side was given and did not keep is not given again', () => {
    expect(alternatives([a, b], [a], [[a, b], [a]])).toEqual({});
  });

  it('R8 emails keep the case in which they are written', () => {
    expect(alternatives(['A@X.org', b], ['A@X.org'], [a]).writes).toEqual({
      desk: { alternativeEmails: ['A@X.org', b] },
    });
  });
});

describe('R8 what is not sent', () => {
  it('R8 Teamwork.com holds three: the linked ones stay', () => {
    expect(alternatives([a, b, c], [a, b, c, d], [a, b, c])).toEqual({
      notes: [{ field: 'alternativeEmails', reason: 'limit' }],
    });
  });

  it('R8 the first of Desk fill the free slots', () => {
    expect(alternatives([a], [a, d, c, e], [a])).toEqual({
      writes: { teamwork: { alternativeEmails: [a, d, c] } },
      sourceBases: { teamwork: { alternativeEmails: [a, c, d] } },
      notes: [{ field: 'alternativeEmails', reason: 'limit' }],
    });
  });

  it('R8 a slot set free is filled at once', () => {
    expect(alternatives([a, b], [a, b, c, d], [a, b, c])).toEqual({
      writes: { teamwork: { alternativeEmails: [a, b, d] }, desk: { alternativeEmails: [a, b, d] } },
      sourceBases: { teamwork: { alternativeEmails: [a, b, c, d] }, desk: { alternativeEmails: [a, b] } },
    });
  });

  it('R8 Desk has no limit of three', () => {
    expect(alternatives([c], [a, b, d], [a, b, d].slice(0, 0)).writes?.desk).toEqual({
      alternativeEmails: [a, b, d, c],
    });
  });

  it("R8 another person's email is not sent, the rest is", () => {
    expect(alternatives([a, b], [], [], { emailsOfOthers: new Set([a]) })).toEqual({
      writes: { desk: { alternativeEmails: [b] } },
      sourceBases: { desk: { alternativeEmails: [b] } },
      notes: [{ field: 'alternativeEmails', reason: 'email_of_another_person' }],
    });
  });

  it('R9 a malformed email is not sent, the rest is', () => {
    expect(alternatives(['a b@x.org', b], [], [])).toEqual({
      writes: { desk: { alternativeEmails: [b] } },
      sourceBases: { desk: { alternativeEmails: [b] } },
      notes: [{ field: 'alternativeEmails', reason: 'essential_missing' }],
    });
  });
});

describe('R8 the primary email is no alternative', () => {
  it('R8 an alternative that is the primary email over there is there already', () => {
    const fields = both<Fields>(
      { email: 'p@x.org', alternativeEmails: [b] },
      { email: b, alternativeEmails: [] },
    );
    const bases = both<Fields>(
      { email: 'p@x.org', alternativeEmails: [b] },
      { email: 'p@x.org', alternativeEmails: [b] },
    );
    expect(merged({ fields, bases, signsIn: true })).toEqual({
      notes: [{ field: 'email', reason: 'login_email_protected' }],
    });
  });

  it('R10 primary and alternative changed places', () => {
    const fields = both<Fields>({ email: b, alternativeEmails: [a] }, { email: a, alternativeEmails: [b] });
    const bases = both<Fields>({ email: a, alternativeEmails: [b] }, { email: a, alternativeEmails: [b] });
    expect(merged({ fields, bases })).toEqual({
      writes: { desk: { email: b, alternativeEmails: [a] } },
      sourceBases: { desk: { email: b, alternativeEmails: [a] } },
    });
  });

  it('R10 an alternative that becomes the primary leaves the alternatives', () => {
    const fields = both<Fields>({ email: b, alternativeEmails: [] }, { email: a, alternativeEmails: [b] });
    const bases = both<Fields>({ email: a, alternativeEmails: [b] }, { email: a, alternativeEmails: [b] });
    expect(merged({ fields, bases }).writes).toEqual({ desk: { email: b, alternativeEmails: [] } });
  });
});

describe('R8 R10 alternative emails at their edges', () => {
  it.each(['teamwork', 'desk'] as const)('R8 not read on %s, they take no part', (side) => {
    const fields = both<Fields>({ alternativeEmails: [a] }, { alternativeEmails: [b] });
    expect(merged({ fields: { ...fields, [side]: {} } })).toEqual({});
  });

  it('R12 two empty sets agree at a first match', () => {
    const agreed = { email: 'p@x.org', alternativeEmails: [] };
    expect(alternatives([], [], null)).toEqual({
      agreed: both({ alternativeEmails: [] }, { alternativeEmails: [] }),
    });
    expect(merged({ fields: both<Fields>(agreed, agreed) })).toEqual({ agreed: both(agreed, agreed) });
  });

  it('R8 a primary email that is an alternative, too, is left where it is', () => {
    expect(alternatives(['p@x.org', a], [a], [a])).toEqual({});
  });

  it('R8 R27 nor is it sent where the other side has another one', () => {
    const fields = both<Fields>({ email: a, alternativeEmails: [a] }, { email: b, alternativeEmails: [] });
    const bases = both<Fields>({ email: a, alternativeEmails: [] }, { email: b, alternativeEmails: [] });
    expect(merged({ fields, bases })).toEqual({});
  });
});

describe('R10 what one confirmed write agrees on', () => {
  it('R10 what the other side has, or had been agreed on before', () => {
    expect(agreedEmails([c, a, b, d], [a, e], [b])).toEqual([a, b]);
  });

  it('R8 nothing of what nobody read', () => {
    expect(agreedEmails([a], undefined, undefined)).toEqual([]);
    expect(agreedEmails(a, a, undefined)).toEqual([a]);
  });
});

describe('R10 what two confirmed writes agree on', () => {
  const set = (sent: Emails, before: Emails, kept: Emails, base: Emails = []) => ({
    sent,
    before,
    kept,
    base,
  });

  it('R10 what each side had alone is on both now', () => {
    expect(agreedOnBoth(set([a, b], [a], [b]), [b, a])).toEqual([a, b]);
  });

  it('R10 what one side gave up is agreed on no more, what the other added is', () => {
    expect(agreedOnBoth(set([b], [], [a, b], [a]), [b])).toEqual([b]);
    expect(agreedOnBoth(set([b], [a, b], [], [a]), [b])).toEqual([b]);
  });

  it('R8 what could not be sent is on one side alone, and no base of it', () => {
    expect(agreedOnBoth(set([a, b, c], [a, b], [a, b, c]), [b, c])).toEqual([b, c]);
  });

  it('R13 what this side was given and did not keep is no base of it', () => {
    expect(agreedOnBoth(set([a, b], [a], []), [b, a])).toEqual([a]);
  });
});
