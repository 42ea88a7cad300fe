import { createHash } from 'node:crypto';
import { companyNameKey } from '../../src/domain/company-name';
import { fieldsReplaced, hostReplaced, wordsReplaced } from '../../src/domain/stand-ins';
import { aCompany, aPerson } from '../support/views';

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
const words = (text: string) => wordsReplaced(text, digest);

describe('stand-ins', () => {
  test('R14 names that are one name for matching stay one, and others stay others', () => {
    expect(companyNameKey(words('Brightwater Studios Ltd'))).toBe(
      companyNameKey(words('BRIGHTWATER studios, ltd.')),
    );
    expect(companyNameKey(words('Brightwater Ltd'))).not.toBe(
      companyNameKey(words('Brightwater Studios Ltd')),
    );
  });

  test('capitals, signs, single letters and legal forms stay', () => {
    expect(words('Müller & Söhne GmbH')).toMatch(/^[A-Z][a-z]{11} & [A-Z][a-z]{11} GmbH$/);
    expect(words('ACME')).toMatch(/^[A-Z]{12}$/);
    expect(words("o'Neil")).toMatch(/^o'[A-Z][a-z]{11}$/);
    expect(words('  ')).toBe('  ');
  });

  test('a host keeps its suffix, and www', () => {
    expect(hostReplaced('www.acme.co.uk', digest)).toMatch(/^www\.[a-z]{12}\.co\.uk$/);
    expect(hostReplaced('acme.test', digest)).toMatch(/^[a-z]{12}\.test$/);
  });

  test('R13 equal emails stay equal, whatever their case, and the words of a name are those of its email', () => {
    const [one, other] = [
      aPerson('teamwork', '1', { firstName: 'Ada', email: 'ada.byron@acme.test' }),
      aPerson('desk', '2', { firstName: 'ADA', email: 'Ada.Byron@ACME.test' }),
    ].map((record) => fieldsReplaced(record, digest));
    expect(String(other?.email).toLowerCase()).toBe(one?.email);
    expect(String(one?.email).startsWith(`${String(one?.firstName).toLowerCase()}.`)).toBe(true);
  });

  test('a company’s address at a public mail provider keeps the provider, its own domain goes', () => {
    const own = aCompany(
      'desk',
      '1',
      { email: 'hi@acme.test', website: 'https://acme.test/us' },
      { domains: ['acme.test'] },
    );
    const replaced = fieldsReplaced(own, digest);
    const domain = hostReplaced('acme.test', digest);
    expect(replaced.email).toMatch(new RegExp(`@${domain}$`));
    expect(replaced.website).toMatch(new RegExp(`^https://${domain}/`));
    const elsewhere = aCompany('desk', '1', { email: 'acme@gmail.com' });
    expect(fieldsReplaced(elsewhere, digest).email).toMatch(/^[a-z]{12}@gmail\.com$/);
  });

  test('R8 what was not read stays unread, a picture is left out, a company’s id stays', () => {
    const { fields } = aPerson('teamwork', '1', { avatar: 'https://files.test/ada.png', company: '7' });
    const replaced = fieldsReplaced({ ...aPerson('teamwork', '1'), fields }, digest);
    expect(replaced).toMatchObject({ avatar: '', company: '7' });
    expect(Object.keys(replaced).sort()).toEqual(Object.keys(fields).sort());
  });

  test('a word is spoken from its digest, six bits a syllable, the lowest first', () => {
    expect(wordsReplaced('acme', () => '123456789abc')).toBe('ronimatejece');
    expect(wordsReplaced('acme', () => '000000000000')).toBe('babababababa');
    expect(wordsReplaced('acme', () => 'ffffffffffff')).toBe('vovovovovovo');
  });

  test.each([
    ['xy', /^[a-z]{12}$/],
    ['XY', /^[A-Z]{12}$/],
    ['Xy', /^[A-Z][a-z]{11}$/],
    ['iPhone', /^[a-z]{12}$/],
    ['ẞ', /^[A-Z][a-z]{11}$/],
    ['2024', /^[a-z]{12}$/],
    ['東京', /^[a-z]{12}$/],
    ['A', /^A$/],
    ['ltd GMBH pt', /^ltd GMBH pt$/],
    ['Straße STRASSE', /^([A-Z])([a-z]{11}) \1[A-Z]{11}$/],
  ])('%s in other words keeps its case', (text, expected) => {
    expect(words(text)).toMatch(expected);
  });

  test.each([
    ['abc.io', /^[a-z]{12}\.io$/],
    ['localhost', /^localhost$/],
    ['abc.acme.test', /^[a-z]{12}\.[a-z]{12}\.test$/],
    ['shop.acme.test', /^[a-z]{12}\.[a-z]{12}\.test$/],
    ['acme.com.au', /^[a-z]{12}\.com\.au$/],
    ['WWW.acme.test', /^WWW\.[a-z]{12}\.test$/],
  ])('the host %s keeps its suffix', (host, expected) => {
    expect(hostReplaced(host, digest)).toMatch(expected);
  });

  test.each([
    [
      'HTTPS://www.Acme.test:80/About us?to=Acme',
      /^HTTPS:\/\/www\.[A-Z][a-z]{11}\.test:80\/[A-Z][a-z]{11} [a-z]{12}\?[a-z]{12}=[A-Z][a-z]{11}$/,
    ],
    ['acme.test', /^[a-z]{12}\.test$/],
    ['acme.test#us', /^[a-z]{12}\.test#[a-z]{12}$/],
    ['svn+ssh:acme.test', /^svn\+ssh:[a-z]{12}\.test$/],
    ['https://acme.test/a\nbc', /^https:\/\/[a-z]{12}\.test\/a\n[a-z]{12}$/],
  ])('the website %j keeps scheme, signs and suffix', (website, expected) => {
    expect(fieldsReplaced(aCompany('desk', '1', { website }), digest).website).toMatch(expected);
  });

  test('emails are replaced on both sides of their last sign, one that is none as words', () => {
    const alternativeEmails = ['ada@home@mail.test', 'ada'];
    const person = fieldsReplaced(
      aPerson('desk', '1', { alternativeEmails, email: 'ada@gmail.com' }),
      digest,
    );
    const [ada, home, mail] = ['ada', 'home', 'mail'].map(words);
    expect(person.alternativeEmails).toEqual([`${ada}@${home}@${mail}.test`, ada]);
    expect(person.email).toBe(`${ada}@${words('gmail')}.com`);
  });

  test('an email without a name keeps its suffix, and the id of a company stays', () => {
    const fields = { alternativeEmails: ['@acme.test'], company: '12345' };
    expect(fieldsReplaced(aPerson('desk', '1', fields), digest)).toMatchObject({
      alternativeEmails: [`@${words('acme')}.test`],
      company: '12345',
    });
  });

  test('a company’s domain is its own in whatever case, and not the end of another', () => {
    const email = (text: string) =>
      fieldsReplaced(aCompany('desk', '1', { email: text }, { domains: ['other.test', 'acme.test'] }), digest)
        .email;
    expect(email('hi@ACME.test')).toMatch(/@[A-Z]{12}\.test$/);
    expect(email('hi@notacme.test')).toMatch(/@notacme\.test$/);
  });
});
