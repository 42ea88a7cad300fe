import { certify, type SiteFindings } from '../../src/domain/certificate';
import { verify, type VerifyInput } from '../../src/domain/verify';
import { aCompany, aPerson } from '../support/views';
import {
  ada,
  aWorld,
  both,
  client,
  companyLink,
  deskAda,
  deskClient,
  pairOf,
} from '../support/verify-worlds';

const adaLink = pairOf(ada, deskAda, { number: 101 });

function certified(input: VerifyInput): SiteFindings {
  return certify(input, verify(input));
}

const inStep = aWorld([...both, ada, deskAda], [companyLink, adaLink]);
const contentOf = (input: VerifyInput) => certified(input).companies[0]?.content;

describe('a certificate', () => {
  test('counts a company’s people who are the same on both sides', () => {
    expect(certified(inStep)).toMatchObject({
      agreed: { company: 1, customer: 1 },
      explained: 0,
      different: 0,
      companies: [{ link: 100, ids: { teamwork: '7', desk: '70' }, agreed: 1, explained: 0, different: 0 }],
    });
  });

  test('a difference of a person is one of the company’s, too', () => {
    const renamed = { ...deskAda, fields: { ...deskAda.fields, lastName: 'Other' } };
    const found = certified(aWorld([...both, ada, renamed], [companyLink, adaLink]));
    expect(found.companies).toMatchObject([{ agreed: 0, different: 1 }]);
  });

  test('a person without a link is told with the company it stands in; one in no company is the site’s alone', () => {
    const lone = aPerson('teamwork', '2');
    const nowhere = aPerson('desk', '11', { company: '' });
    const found = certified(aWorld([...both, lone, nowhere], [companyLink]));
    expect(found).toMatchObject({ different: 1, explained: 1 });
    expect(found.companies).toMatchObject([{ different: 1, explained: 0 }]);
  });

  test('its content is the same while nothing changes, in whatever order and form the records come', () => {
    const spaced = { ...deskAda, fields: { ...deskAda.fields, firstName: ' Ada ' } };
    const again = aWorld([spaced, ada, deskClient, client], [adaLink, companyLink]);
    expect(contentOf(again)).toBe(contentOf(inStep));
  });

  test('its content is another after any change, one that both sides made alike too', () => {
    const married = [ada, deskAda].map((one) => ({
      ...one,
      fields: { ...one.fields, lastName: 'King' },
    }));
    expect(contentOf(aWorld([...both, ...married], [companyLink, adaLink]))).not.toBe(contentOf(inStep));
    expect(contentOf(aWorld([...both], [companyLink]))).not.toBe(contentOf(inStep));
  });

  test('R22 a company whose link is broken is on none', () => {
    const broken = { ...companyLink, phase: 'broken' as const };
    expect(certified(aWorld([...both], [broken])).companies).toEqual([]);
  });

  test('a difference of the company itself is its own', () => {
    const renamed = { ...deskClient, fields: { ...deskClient.fields, name: 'Other' } };
    const found = certified(aWorld([client, renamed, ada, deskAda], [companyLink, adaLink]));
    expect(found.companies).toMatchObject([{ agreed: 1, different: 1 }]);
  });

  test('each company has its own people, in the order of their links', () => {
    const other = aCompany('teamwork', '8', { name: 'Beta' });
    const deskOther = aCompany('desk', '80', { name: 'Beta' });
    const otherLink = pairOf(other, deskOther, { number: 90 });
    const bob = aPerson('teamwork', '2', { email: 'bob@acme.test' });
    const deskBob = aPerson('desk', '20', { company: '70', email: 'bob@acme.test' });
    const records = [...both, other, deskOther, ada, deskAda, bob, deskBob];
    const { companies } = certified(
      aWorld(records, [companyLink, otherLink, pairOf(bob, deskBob, { number: 102 }), adaLink]),
    );
    expect(companies.map(({ link, agreed }) => [link, agreed])).toEqual([
      [90, 0],
      [100, 2],
    ]);
    const lines = (companies[1]?.content ?? '').split('\n').map((line) => JSON.parse(line) as unknown[]);
    expect(lines.map(([kind, teamwork]) => [kind, teamwork])).toEqual([
      ['company', '7'],
      ['customer', '1'],
      ['customer', '2'],
    ]);
    expect(lines[1]).toContainEqual(['company', 100, 100]);
  });

  test('R8 a picture’s address is no content of it', () => {
    const pictured = [ada, deskAda].map((one) => ({
      ...one,
      fields: { ...one.fields, avatar: `https://${one.side}.test/1` },
    }));
    expect(contentOf(aWorld([...both, ...pictured], [companyLink, adaLink]))).toBe(contentOf(inStep));
  });

  test('R22 links that are lone or broken are no content of it', () => {
    const more = [
      { ...adaLink, number: 102, phase: 'broken' as const, ids: { teamwork: '1', desk: '99' } },
      { ...adaLink, number: 103, phase: 'lone' as const, ids: { teamwork: '1', desk: null } },
    ];
    expect(contentOf(aWorld([...both, ada, deskAda], [companyLink, adaLink, ...more]))).toBe(
      contentOf(inStep),
    );
  });

  test('a person whose number is that of a company is a person', () => {
    const seven = aPerson('teamwork', '7', { email: 'seven@acme.test' });
    const deskSeven = aPerson('desk', '70', { company: '70', email: 'seven@acme.test' });
    const input = aWorld(
      [...both, seven, deskSeven],
      [companyLink, pairOf(seven, deskSeven, { number: 102 })],
    );
    expect(contentOf(input)?.split('\n')).toHaveLength(2);
  });

  test('what is gone on one side, or stands in no linked company there, is told as nothing', () => {
    expect(contentOf(aWorld([...both, ada], [companyLink, adaLink]))).toContain('["firstName","Ada",null]');
    const moved = aPerson('desk', '10', { company: '71' });
    expect(contentOf(aWorld([...both, ada, moved], [companyLink, adaLink]))).toContain(
      '["company",100,null]',
    );
  });

  test('a linked person in no linked company is on no company’s', () => {
    const nowhere = [aPerson('teamwork', '1', { company: '' }), aPerson('desk', '10', { company: '' })];
    const found = certified(aWorld([...both, ...nowhere], [companyLink, adaLink]));
    expect(found.companies).toMatchObject([{ link: 100, agreed: 0, different: 0 }]);
  });
});
