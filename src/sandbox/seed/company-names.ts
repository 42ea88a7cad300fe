/** Names of companies: as many different ones as asked for, each with the legal form and the domain it goes by. */
import type { Random } from '../random';
import type { Word } from './person-names';
import { wordList } from './person-names';

export interface CompanyName {
  /** What stays when punctuation and legal form are dropped. */
  readonly stem: string;
  /** '' for a company without one in its name. */
  readonly legalForm: string;
  readonly domain: string;
}

const FIRST = wordList(
  'Amber Birch Cobalt Delta Ember Falcon Granite Harvest Indigo Juniper Kestrel Linden Marble Nimbus Orchard Pioneer ' +
    'Quarry Raven Saffron Timber Umber Vertex Willow Xenon Yarrow Zephyr Anchor Beacon Cedar Dune Echo Fjord Glacier ' +
    'Hazel Iris Jasper Keystone Lumen Meadow North Opal Prairie Quill Ridge Sable Thistle Union Velvet Walnut Zenith ' +
    'Blåbär=blabar Café=cafe Größe=groesse Élan=elan Señal=senal Çınar=cinar Žito=zito Ørsted=oersted',
);

const SECOND = wordList(
  'Analytics Builders Catering Dental Energy Films Gardens Health Interiors Journeys Kitchens Labs Media Networks ' +
    'Optics Partners Quality Robotics Systems Textiles Utilities Ventures Works Yachts Bakery Clinics Design Events ' +
    'Foods Games Hotels Insurance Jewellery Logistics Motors Music Outdoors Pharma Research Sports Travel Video Wines',
);

const OTHER_SCRIPTS: readonly Word[] = wordList(
  '青空商事=aozora 海鳴出版=uminari 东方科技=dongfang 蓝湖设计=lanhu 한빛미디어=hanbit 바다식품=bada ' +
    'Ελιά=elia Θάλασσα=thalassa Весна=vesna Джерело=dzherelo الواحة=alwaha النخيل=alnakhil שקד=shaked גלים=galim ' +
    'सूर्य=surya हिमगिरि=himgiri ดอกบัว=dokbua',
);

const LEGAL_FORMS = ['', '', '', 'Ltd', 'Inc.', 'LLC', 'GmbH', 'B.V.', 'S.A.', 'Pty Ltd', 'AG', 'Oy', 'AB'];

/** Legal forms that mean the same, for a company that the two sides spell differently. */
export const SPELLINGS: Readonly<Record<string, string>> = {
  Ltd: 'Limited',
  'Inc.': 'Incorporated',
  LLC: 'L.L.C.',
  GmbH: 'gmbh',
  'B.V.': 'BV',
  'S.A.': 'SA',
  'Pty Ltd': 'Pty. Ltd.',
  AG: 'A.G.',
};

/** The `index`-th name; the same index never meets another one's stem or domain. */
export function companyName(index: number, random: Random): CompanyName {
  const legalForm = random.pick(LEGAL_FORMS);
  const rare = OTHER_SCRIPTS[Math.floor(index / 12)];
  if (index % 12 === 5 && rare) return { stem: rare.written, legalForm: '', domain: `${rare.plain}.example` };
  // The lengths of the lists have no common divisor: walking both at once meets every pair before one repeats.
  const round = Math.floor(index / (FIRST.length * SECOND.length));
  const first = FIRST[index % FIRST.length];
  const second = SECOND[index % SECOND.length];
  if (!first || !second) throw new Error('the lists of company names are empty');
  const number = round === 0 ? '' : ` ${round + 1}`;
  return {
    stem: `${first.written} ${second.written}${number}`,
    legalForm,
    domain: `${first.plain}-${second.plain}${number.replace(' ', '-')}.example`,
  };
}

export function fullCompanyName({ stem, legalForm }: CompanyName): string {
  if (legalForm === '') return stem;
  return legalForm === 'Inc.' ? `${stem}, ${legalForm}` : `${stem} ${legalForm}`;
}
