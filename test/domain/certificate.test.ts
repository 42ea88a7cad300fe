import { certify, type SiteFindings } from '../../src/domain/certificate';
import { verify, type VerifyInput } from '../../src/domain/verify';
import { aPerson } from '../support/views';
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
});
