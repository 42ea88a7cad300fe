import * as fc from 'fast-check';
import { companyNameKey, foldCase } from '../../src/domain/company-name';
import { dottedForms, formsBetweenSpaces, formsWithoutSpaces } from '../../src/domain/legal-forms';
import { awkwardText, escape, everyScript, seeded } from './values';

describe('R14 company names that are one name', () => {
  it.each([
    ['Acme', 'ACME'],
    ['Acme, Inc.', 'Acme'],
    ['Ltd.', 'LTD'],
    ['Co., Ltd.', 'Co'],
    ['Acme Ltd', 'Acme Limited'],
    ['Acme Co., Ltd.', 'acme'],
    ['Acme Pty. Ltd.', 'Acme (Pty) Ltd'],
    ['Acme S.A.', 'Acme SA'],
    ['Acme S. A.', 'Acme, S.A.'],
    ['Acme S.A. de C.V.', 'Acme'],
    ['Acme S.p.A.', 'Acme S. p. A.'],
    ['Acme S.p.A.', 'Acme'],
    ['Acme Us.p.a', 'Acme Uspa'],
    ['Acme 3s.p.a', 'Acme 3spa'],
    ['Acme s.p.ab', 'Acme spab'],
    ['Acme s.p.a3', 'Acme spa3'],
    ['Acme e.V.', 'Acme'],
    ['Acme e. V.', 'Acme'],
    ['Müller GmbH & Co. KG', 'MÜLLER'],
    ['Acme UG (haftungsbeschränkt)', 'Acme UG'],
    ['Acme Sp. z o.o.', 'Acme Sp. z o. o.'],
    ['Acme spol. s r.o.', 'Acme s.r.o.'],
    ['Acme S.à r.l.', 'Acme SÀRL'],
    ['Acme A/S', 'Acme ApS'],
    ['Nokia Oyj', 'Nokia'],
    ['Philips N.V.', 'philips b.v.'],
    ['ООО «Ромашка»', 'Ромашка ООО'],
    ['PT. Telkom Indonesia Tbk', 'Telkom Indonesia'],
    ['株式会社トヨタ', 'トヨタ'],
    ['トヨタ（株）', '㈱トヨタ'],
    ['华为技术有限公司', '华为技术'],
    ['주식회사 카카오', '(주)카카오'],
    ['บริษัท สยาม จำกัด (มหาชน)', 'สยาม'],
    ['Işık A.Ş.', 'IŞIK'],
    ['İstanbul Anonim Şirketi', 'istanbul'],
    ['Weiß AG', 'WEISS'],
    ['ΑΛΦΑΣ Α.Ε.', 'Αλφας'],
    ['שלום בע"מ', 'שלום'],
    ["O'Neill", 'O’Neill'],
    ['Coca-Cola', 'Coca Cola'],
    ['Smith & Sons', 'Smith&Sons'],
    ['Acme®', 'Ac\u200bme'],
    ['U.S.A. Today', 'USA Today'],
    ['Smith & Jones', 'Smith Jones'],
    ['! !', '!!'],
    ['A㈱B', 'A(株)B'],
    ['A㈲B', 'A(有)B'],
    ['A㈜B', 'A(주)B'],
    ['Kabushiki Kaisha Limited', 'Limited'],
    ['株式会社有限会社', '有限会社'],
  ])('R14 %s is %s', (one, other) => {
    expect(companyNameKey(one)).toBe(companyNameKey(other));
  });

  it.each([
    ['Acme', 'Acne'],
    ['Müller', 'Muller'],
    ['Smith & Sons', 'Smith and Sons'],
    ['Acme Group', 'Acme'],
    ['Acme Germany GmbH', 'Acme GmbH'],
    ['The Acme', 'Acme'],
    ['Team U.S.A.', 'Team U'],
    ['Team U. S. A.', 'Team U'],
    ['Smith B&V', 'Smith'],
    ['Serenity Spa', 'Serenity'],
    ['Inca', 'A'],
    ['Incognito', 'Cognito'],
    ['AB Volvo', 'Volvo'],
    ['C++', 'C'],
    ['１２', '12'],
    ['Νίκος', 'Νίκο'],
  ])('R14 %s is not %s', (one, other) => {
    expect(companyNameKey(one)).not.toBe(companyNameKey(other));
  });

  it.each([
    ...['Acme Private Limited', 'Acme Sdn. Bhd.', 'Acme Ltée', 'Acme Limitée', 'Acme gGmbH', 'Acme e.K.'],
    ...[
      'Acme SARL',
      'Acme SNC',
      'Acme BVBA',
      'Acme SAGL',
      'Acme S.R.L.',
      'Acme Società per Azioni',
      'Acme SL',
    ],
    ...['Acme Unipessoal Lda.', 'Acme Ltda', 'Acme Aktiebolag', 'Acme OÜ', 'Acme UAB'],
    ...[
      'Acme Spółka Akcyjna',
      'Acme s.r.o.',
      'Acme Kft.',
      'Acme d.o.o.',
      'Acme ΕΠΕ',
      'Acme Limited Şirketi',
      'Acme ТОВ',
    ],
    ...['Acme בע"מ', 'Acme ذ.م.م', 'Acme Kabushiki Kaisha', 'Acme G.K.', 'Acme 株', 'Acme (有)', 'Acme 주'],
    ...['PT Acme', 'OÜ Acme', 'UAB Acme', 'ТОВ Acme', 'Общество с ограниченной ответственностью Acme'],
    ...[
      'Công ty TNHH Acme',
      'Công ty cổ phần Acme',
      'Công ty TNHH Một Thành Viên Acme',
      'Godo Kaisha Acme',
      '株 Acme',
    ],
    ...[
      '㈲Acme',
      '㈜Acme',
      '一般社団法人Acme',
      'Acme有限会社',
      '合同会社Acme',
      'Acme合資会社',
      'Acme合名会社',
    ],
    ...[
      'Acme股份有限公司',
      'Acme有限责任公司',
      'Acme有限責任公司',
      'Acme유한책임회사',
      '유한회사Acme',
      'บริษัทAcmeจํากัด',
    ],
  ])('R14 %s is Acme in one of the legal forms', (name) => {
    expect(companyNameKey(name)).toBe('acme');
  });

  it.each(['GmbH', 'Ltd.', '株式会社', 'ООО', 'Co., Ltd.', 'Inc', '(株)', '&', '!!!', '& Co.'])(
    'R14 %s, nothing but a form or signs, is still a name',
    (name) => expect(companyNameKey(name)).not.toBe(''),
  );

  it.each(['', ' ', '\u200b', '\u3164\u00a0'])('R14 %j is blank and no name', (name) => {
    expect(companyNameKey(name)).toBe('');
  });

  it('R14 a key is its own key, and no legal form at the end changes it', () => {
    const form = fc.constantFrom(
      'Inc.',
      'GmbH & Co. KG',
      'S.A.',
      'Oy',
      'Sp. z o.o.',
      'K.K.',
      '株式会社',
      'ООО',
    );
    fc.assert(
      fc.property(awkwardText, form, (text, legalForm) => {
        const key = companyNameKey(text);
        expect(companyNameKey(key)).toBe(key);
        expect(companyNameKey(`Acme ${text} Works ${legalForm}`)).toBe(companyNameKey(`Acme ${text} Works`));
        expect(companyNameKey(text.toUpperCase())).toBe(key);
      }),
      seeded(250),
    );
  });

  it('R14 folding ends after one turn, whatever the script', () => {
    for (const text of everyScript(0x20000)) {
      const once = foldCase(text);
      if (foldCase(once) !== once) throw new Error(`${escape(text)} folds again`);
    }
  });

  it('R14 a name of ten thousand forms ends', () => {
    expect(companyNameKey(`Acme ${'Inc '.repeat(10_000)}`)).toBe('acme');
    expect(companyNameKey(`Acme${'有限公司'.repeat(10_000)}`)).toBe('acme');
  });

  it('R14 the table is written as names are read', () => {
    const forms = [...formsBetweenSpaces.atEnd, ...formsBetweenSpaces.atStart, ...formsWithoutSpaces];
    for (const form of forms) expect(foldCase(form)).toBe(form);
    for (const [, full] of dottedForms) expect(formsBetweenSpaces.atEnd).toContain(full);
  });
});
