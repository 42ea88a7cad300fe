import type { ReadBack } from '../../src/domain/readback';
import { judgeReadBack } from '../../src/domain/readback';
import type { Fields, FieldValue } from '../../src/domain/record';

/** The parts of the verdict in which something is said; one field was written unless `sent` names more. */
function verdict(sent: Fields, before: Fields, after: Fields, more: Partial<ReadBack> = {}) {
  const kind = 'name' in sent || 'website' in sent ? 'company' : 'customer';
  const judged = judgeReadBack({
    kind,
    sent,
    base: {},
    before,
    after,
    fromWriteAnswer: false,
    changedByUs: false,
    ...more,
  });
  return Object.fromEntries(
    Object.entries(judged).filter(([, said]) => Object.keys(said as object).length > 0),
  );
}

describe('R13 after a write', () => {
  it('R13 as sent: what the side has is its base', () => {
    expect(verdict({ website: 'acme.com' }, { website: '' }, { website: 'https://acme.com/' })).toEqual({
      base: { website: 'https://acme.com/' },
    });
  });

  it('R13 a field that the read does not cover counts as sent', () => {
    expect(verdict({ linkedin: 'in/ann' }, { linkedin: '' }, { firstName: 'Ann' })).toEqual({
      base: { linkedin: 'in/ann' },
    });
  });

  it('R10 only what was sent is judged', () => {
    expect(
      verdict({ name: 'New' }, { name: 'Old', website: 'a.com' }, { name: 'New', website: 'b.com' }),
    ).toEqual({
      base: { name: 'New' },
    });
  });

  it('R13 still the value from before: ignored, and no base', () => {
    expect(verdict({ name: 'New' }, { name: 'Old' }, { name: 'Old' }, { changedByUs: true })).toEqual({
      ignored: ['name'],
    });
  });

  it('R13 a create that leaves a field blank ignored it', () => {
    expect(
      verdict({ name: 'New', website: 'a.com' }, {}, { name: 'New', website: '' }, { fromWriteAnswer: true }),
    ).toEqual({
      base: { name: 'New' },
      ignored: ['website'],
    });
  });

  it.each([
    ['in the answer of the write', { fromWriteAnswer: true }],
    ['changed by our own user', { changedByUs: true }],
  ])('R13 another value %s is a new form', (_, how) => {
    expect(verdict({ name: 'New' }, { name: 'Old' }, { name: 'Renamed by a rule' }, how)).toEqual({
      base: { name: 'Renamed by a rule' },
      reformatted: ['name'],
    });
  });

  it.each([
    ['NEW, Inc', 'New Inc'],
    ['new inc', 'New  Inc.'],
    ['New', 'New Inc'],
    ['A&amp;B &lt;3&#33;', 'A&B <3!'],
    ['Jörg', 'Jörg 😀'],
  ])('R13 %j is a plain form of %j', (after, sent) => {
    expect(verdict({ name: sent }, { name: 'Old' }, { name: after })).toEqual({
      base: { name: after },
      reformatted: ['name'],
    });
  });

  it.each([
    ['Newer Inc', 'New Inc'],
    ['Jorg', 'Jörg'],
    ['', 'New'],
    ['???', '!!!'],
  ])('R13 %j instead of %j is an edit made meanwhile: the base is what was sent', (after, sent) => {
    expect(verdict({ name: sent }, { name: 'Old' }, { name: after })).toEqual({
      base: { name: sent },
      editedMeanwhile: ['name'],
    });
  });

  it('R13 an id or an address has no plain form', () => {
    expect(
      verdict(
        { company: '123', email: 'anna@x.org' },
        { company: '9', email: 'b@x.org' },
        { company: '12', email: 'ann@x.org' },
      ),
    ).toEqual({
      base: { company: '123', email: 'anna@x.org' },
      editedMeanwhile: ['email', 'company'],
    });
  });

  it('R13 the old value as the form of the new one: told by the answer, not by a read that may be stale', () => {
    const write = [{ name: 'ACME' }, { name: 'Acme' }, { name: 'Acme' }] as const;
    expect(verdict(...write, { fromWriteAnswer: true })).toEqual({
      base: { name: 'Acme' },
      reformatted: ['name'],
    });
    expect(verdict(...write)).toEqual({ ignored: ['name'] });
  });

  it("R8 a picture gets the vendor's own address", () => {
    expect(verdict({ avatar: 'https://d/1.png' }, { avatar: '' }, { avatar: 'https://t/77.png' })).toEqual({
      base: { avatar: 'https://t/77.png' },
      reformatted: ['avatar'],
    });
  });

  it('R12 a field emptied as sent is blank in the base', () => {
    expect(verdict({ website: '' }, { website: 'a.com' }, { website: '' })).toEqual({
      base: { website: '' },
    });
  });
});

describe('R13 after a write of alternative emails', () => {
  const [a, b, c, d] = ['a@x.org', 'b@x.org', 'c@x.org', 'd@x.org'];
  const set = (...alternativeEmails: string[]): Fields => ({ alternativeEmails });

  it("R10 the base moves by what was sent, so that the target's own edits stay visible", () => {
    expect(verdict(set(a, b, d), set(a, d), set(d, b, a), { base: set(a, c) })).toEqual({
      base: set(a, b, c),
    });
  });

  it('R13 unchanged: ignored', () => {
    expect(verdict(set(a, b), set(a), set(a), { base: set(a) })).toEqual({ ignored: ['alternativeEmails'] });
  });

  it('R13 one that was not kept is not in the base', () => {
    expect(verdict(set(a, b, c), set(a), set(a, b), { base: set(a), changedByUs: true })).toEqual({
      base: set(a, b),
      reformatted: ['alternativeEmails'],
    });
  });

  it('R13 one taken away meanwhile is in the base, and so its going travels', () => {
    expect(verdict(set(a, b), set(a), set(b), { base: set(a) })).toEqual({
      base: set(a, b),
      editedMeanwhile: ['alternativeEmails'],
    });
  });
});

describe('R13 a plain form', () => {
  const sent = 'O’Neill & Söhne <Bau> "Nord"';

  it.each([
    'O&#8217;Neill &amp; Söhne &lt;Bau&gt; &quot;Nord&quot;',
    'O&#x2019;Neill &AMP; Söhne &LT;Bau&GT; &quot;Nord&quot;',
    'O&apos;Neill &#38; Söhne Bau Nord',
    'O&#X2F;Neill &#xaf; Söhne Bau',
  ])('R13 %s is one of it, whoever it is by', (after) => {
    expect(verdict({ name: sent }, { name: 'Old' }, { name: after }).reformatted).toEqual(['name']);
  });

  it.each(['O&8217;Neill & Söhne', 'O&#x;Neill', '&nbsp;'])('R13 %s is none', (after) => {
    expect(verdict({ name: sent }, { name: 'Old' }, { name: after }).editedMeanwhile).toEqual(['name']);
  });

  it('R13 an email cut off is an edit, and a picture that stayed was ignored', () => {
    expect(
      verdict({ email: 'ada@acme.test' }, { email: 'old@acme.test' }, { email: 'ada@acme.te' }),
    ).toMatchObject({ editedMeanwhile: ['email'] });
    const avatar = 'https://files.test/a';
    expect(
      verdict({ avatar: `${avatar}.png` }, { avatar }, { avatar }, { fromWriteAnswer: true }),
    ).toMatchObject({ ignored: ['avatar'] });
  });

  it.each<[FieldValue, FieldValue]>([
    [['a@x.test'], 'b@x.test'],
    ['a@x.test', ['b@x.test']],
  ])('R13 a set has none: %j read as %j', (alternativeEmails, after) => {
    expect(verdict({ alternativeEmails }, {}, { alternativeEmails: after })).toEqual({
      base: { alternativeEmails: [alternativeEmails].flat() },
      editedMeanwhile: ['alternativeEmails'],
    });
  });
});

describe('R10 the base of a set', () => {
  const emails = (base: Fields, before: Fields, sent: string[]): unknown =>
    verdict({ alternativeEmails: sent }, before, { alternativeEmails: sent }, { base }).base;

  it('R10 loses what the write took away, and keeps what was gone before it', () => {
    const base = { alternativeEmails: ['a@x.test', 'b@x.test', 'c@x.test'] };
    const before = { alternativeEmails: ['a@x.test', 'b@x.test'] };
    expect(emails(base, before, ['a@x.test'])).toEqual({ alternativeEmails: ['a@x.test', 'c@x.test'] });
  });

  it('R12 begins with what was sent', () => {
    expect(emails({}, {}, ['a@x.test'])).toEqual({ alternativeEmails: ['a@x.test'] });
  });

  it('R8 moves from the base where nobody read the set before', () => {
    const base = { alternativeEmails: ['a@x.test', 'b@x.test'] };
    expect(emails(base, {}, ['b@x.test'])).toEqual({ alternativeEmails: ['b@x.test'] });
  });
});
