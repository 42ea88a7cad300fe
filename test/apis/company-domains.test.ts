import { companyDomains } from '../../src/apis/company-domains';

const of = (given: Partial<Parameters<typeof companyDomains>[0]>) =>
  companyDomains({ website: '', emails: [], domains: [], ...given });

describe('the domains that may identify a company (R14)', () => {
  test.each([
    ['https://www.Acme.com/', 'acme.com'],
    ['acme.co.uk/path?q#f', 'acme.co.uk'],
    ['http://user:pw@acme.com:8080', 'acme.com'],
    ['//acme.com', 'acme.com'],
    ['acme.com.', 'acme.com'],
    ['Bücher.DE', 'xn--bcher-kva.de'],
    ['ａｃｍｅ.com', 'acme.com'],
    ['shop.acme.com', 'shop.acme.com'],
    ['acme.github.io', 'acme.github.io'],
  ])('the website %s is the domain %s', (website, domain) => {
    expect(of({ website })).toEqual([domain]);
  });
  test.each([
    '',
    'n/a',
    'localhost',
    '127.0.0.1',
    'http://[::1]/',
    'acme',
    'javascript:alert(1)',
    'two words.com',
    `${'a'.repeat(300)}.com`,
  ])('the website %s is no signal', (website) => expect(of({ website })).toEqual([]));
  test.each(['co.uk', 'com', 'github.io', 'www.github.io'])(
    '%s is a public suffix and no signal',
    (website) => {
      expect(of({ website })).toEqual([]);
    },
  );
  test.each(['gmail.com', 'GMX.de', 'shop.gmx.de', 'proton.me', 'fastmail.com', 'tutanota.com', 'qq.com'])(
    '%s is a public mail provider and no signal',
    (domain) => expect(of({ website: domain, emails: [`office@${domain}`], domains: [domain] })).toEqual([]),
  );
  test('website, emails and domains together, each once, sorted', () => {
    expect(
      of({
        website: 'https://www.acme.com',
        emails: ['Office@ACME.com', 'no address', 'x@acme.org'],
        domains: ['*.acme.net', '*acme.io', 'acme.com'],
      }),
    ).toEqual(['acme.com', 'acme.io', 'acme.net', 'acme.org']);
  });
});
