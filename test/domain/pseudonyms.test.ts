import { planLink } from '../../src/domain/planner';
import type { LinkView } from '../../src/domain/plan';
import { pseudonymous } from '../../src/domain/pseudonyms';
import { aLink, aParent, aPerson, lone } from '../support/views';

const digest = (text: string) => `x${BigInt(`0x${Buffer.from(text).toString('hex')}`)}`;

const fields = { firstName: 'Ada', lastName: 'Byron', email: 'Ada@Acme.test', company: '7', twitter: '' };
const view: LinkView = {
  ...lone(aPerson('teamwork', '1', fields)),
  link: aLink('customer', {
    phase: 'active',
    status: 'in_sync',
    ids: { teamwork: '1', desk: '10' },
    bases: { teamwork: fields, desk: { ...fields, company: '70' } },
    choices: { lastName: { teamwork: 'King', desk: 'King' } },
  }),
  records: {
    teamwork: aPerson('teamwork', '1', { ...fields, lastName: 'Lovelace' }),
    desk: aPerson('desk', '10', { ...fields, company: '70', email: 'ada@acme.TEST' }),
  },
  parents: {
    teamwork: aParent('teamwork', '7', { number: 70 }),
    desk: aParent('desk', '70', { number: 70 }),
  },
  emailsOfOthers: ['augusta@acme.test'],
  intent: null,
};
const told = pseudonymous(view, digest) as LinkView;

describe('pseudonyms', () => {
  test('no value is left, whoever’s it is', () => {
    const text = JSON.stringify(told);
    const values = ['Ada', 'ada@', 'Byron', 'King', 'Lovelace', 'acme', 'Acme', 'augusta'];
    expect(values.filter((value) => text.includes(value))).toEqual([]);
  });

  test('what counts for a decision is left: ids, times, codes, blanks and what equals what', () => {
    expect(told.link).toMatchObject({ number: 1, phase: 'active', ids: { teamwork: '1', desk: '10' } });
    const [teamwork, desk] = [told.records.teamwork, told.records.desk];
    expect(teamwork).toMatchObject({
      createdAt: '2026-01-01T00:00:00Z',
      fields: { company: '7', twitter: '' },
    });
    expect(teamwork?.fields.email).toBe(desk?.fields.email);
    expect(teamwork?.fields.lastName).not.toBe(desk?.fields.lastName);
  });

  test('the planner decides the same', () => {
    const { situation, status, reason, steps } = planLink(view);
    const again = planLink(told);
    expect(again).toMatchObject({ situation, status, reason });
    const shape = (all: typeof steps) =>
      all.map(({ side, action, values }) => [side, action, Object.keys(values)]);
    expect(shape(again.steps)).toEqual(shape(steps));
    expect(steps).not.toEqual([]);
  });

  test.each([
    ['a loser kept in the journal', { event: 'conflict', detail: { field: 'lastName', value: 'Secret' } }],
    ['a text under a name that nobody thought of', { event: 'odd', detail: { someday: 'Secret' } }],
    ['a list of texts', { alternativeEmails: ['secret@acme.test', 'Secret'] }],
    ['a value under the name of an id', { values: { id: 'Secret', teamwork: 'Secret' } }],
    ['a number that is no company', { values: { twitter: '5550100', someday: 'Secret' } }],
    ['a company that is no id', { fields: { company: 'Secret' } }],
  ])('%s is a pseudonym', (_, data) => {
    expect(JSON.stringify(pseudonymous(data, digest))).not.toMatch(/secret|5550100/i);
  });

  test.each([
    ...['side', 'kind', 'id', 'teamwork', 'desk', 'phase', 'status', 'reason', 'scope', 'origin', 'presence'],
    ...[
      'situation',
      'action',
      'rule',
      'decidedBy',
      'policy',
      'conflict',
      'verdict',
      'event',
      'field',
      'state',
    ],
    ...['run', 'at', 'since', 'createdAt', 'updatedAt', 'readAt', 'firstSeenAt', 'changedAt', 'activeSince'],
    ...[
      'brokenAt',
      'createdBy',
      'updatedBy',
      'companyId',
      'asked',
      'automaticSince',
      'candidates',
      'readAgain',
    ],
    ...['operation', 'order', 'holder', 'from', 'to', 'into', 'sides'],
  ])('%s is no value, and is told as it is', (key) => {
    expect(pseudonymous({ [key]: 'told' }, digest)).toEqual({ [key]: 'told' });
    expect(pseudonymous([{ [key]: ['told'] }], digest)).toEqual([{ [key]: ['told'] }]);
  });

  test.each([
    ...['bases', 'values', 'sourceBase', 'agreed', 'value', 'against', 'base', 'choices', 'before', 'after'],
    'fields',
  ])('below %s every text is a value, but for the id of a company', (key) => {
    const data = { [key]: { desk: 'Secret', company: '7', at: { company: 'x7' } } };
    expect(pseudonymous(data, digest)).toEqual({
      [key]: { desk: digest('Secret'), company: '7', at: { company: digest('x7') } },
    });
  });

  test('when each field changed is told as it is', () => {
    const changedAt = { lastName: '2026-01-01T00:00:00Z' };
    expect(pseudonymous({ changedAt }, digest)).toEqual({ changedAt });
  });

  test.each([
    ['a number', 7],
    ['null', null],
    ['a truth', true],
  ])('%s stays', (_, value) => {
    expect(pseudonymous({ values: { someday: value } }, digest)).toEqual({ values: { someday: value } });
  });

  test('R13 equal values are equal pseudonyms: emails by their parts, addresses as addresses', () => {
    expect(pseudonymous({ email: ' Ada@ACME.test', name: '\u200b' }, digest)).toEqual({
      email: `${digest('ada')}@${digest('acme.test')}.example`,
      name: '',
    });
    expect(
      pseudonymous({ website: 'https://www.Acme.test/', domains: ['acme.test'], name: ' Acme ' }, digest),
    ).toEqual({
      website: `${digest('acme.test')}.example`,
      domains: [`${digest('acme.test')}.example`],
      name: digest('Acme'),
    });
  });

  test('a number too long for an id, or with a letter, is no company', () => {
    const told = (company: string) => pseudonymous({ fields: { company } }, digest);
    expect(told('1'.repeat(20))).toEqual({ fields: { company: '1'.repeat(20) } });
    for (const other of ['1'.repeat(21), 'a1', '1a', ''])
      expect(told(other)).toEqual({ fields: { company: other === '' ? '' : digest(other) } });
  });

  test('a list of fields names them', () => {
    expect(pseudonymous({ fields: ['firstName', 'email'] }, digest)).toEqual({
      fields: ['firstName', 'email'],
    });
  });
});
