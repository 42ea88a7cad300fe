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
    ['a company that is no id', { fields: { company: 'Secret' } }],
  ])('%s is a pseudonym', (_, data) => {
    expect(JSON.stringify(pseudonymous(data, digest))).not.toMatch(/secret/i);
  });

  test('a list of fields names them', () => {
    expect(pseudonymous({ fields: ['firstName', 'email'] }, digest)).toEqual({
      fields: ['firstName', 'email'],
    });
  });
});
