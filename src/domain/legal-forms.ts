/**
 * Legal forms of companies, by where they are customary, in folded spelling: small letters, no dots, no slashes.
 * A form that is as often an ordinary last word (`Day Spa`, `Green EV`) counts only with its dots.
 */

const atEnd: Readonly<Record<string, string>> = {
  'English-speaking countries': `inc, incorporated, corp, corporation, co, company, ltd, limited, llc, llp, lllp, lp, plc, pllc,
    cic, coltd, pty, ptyltd, proprietary, pvt, pvtltd, private limited, pte, sdn bhd, bhd, fze, fzco, fz llc, dmcc`,
  'Canada in French': 'ltée, limitée',
  'German-speaking countries': `gmbh, mbh, ggmbh, gesmbh, gesellschaft mit beschränkter haftung, ag, aktiengesellschaft, kg, kgaa,
    ohg, gbr, ug, ug haftungsbeschränkt, ek, partg, partg mbb, eingetragener verein, se`,
  France: 'sa, sas, sasu, sarl, eurl, snc, sci, scop',
  'Belgium and the Netherlands': 'bv, nv, vof, bvba, sprl, asbl, vzw, cvba',
  'Switzerland and Luxembourg': 'sàrl, sà rl, sagl',
  Italy: 'società per azioni, srl, srls, società a responsabilità limitata, sapa',
  'Spain and Latin America':
    'sl, slu, sll, sau, sa de cv, s de rl de cv, sapi de cv, spa de cv, srl de cv, sac, eirl',
  'Portugal and Brazil': 'lda, ltda, unipessoal lda, eireli, epp',
  'Nordic countries': 'ab, aktiebolag, hb, kb, as, asa, ans, aps, oy, oyj, ky, tmi, ehf, hf',
  'Baltic countries': 'oü, uab, sia',
  Poland: 'sp zoo, sp z oo, spzoo, spółka z oo, sp j, spj, sp k, spk, spółka akcyjna',
  'Czechia and Slovakia': 'sro, s ro, spol sro, spol s ro, vos',
  'Hungary and the Balkans': 'kft, zrt, nyrt, bt, kkt, doo, jdoo, dd, ad, sh pk',
  Greece: 'αε, επε, ικε, οε, μονοπροσωπη ικε',
  Türkiye: 'aş, anonim şirketi, şti, limited şirketi',
  'Cyrillic scripts': 'ооо, оао, зао, пао, ао, ип, тов, тоо, ат, пп, оод, еоод, ад, еад, доо',
  'Hebrew and Arabic scripts': 'בעמ, בע מ, شمم, ذمم, شذمم',
  'Japan and Indonesia in Latin script': 'kk, kabushiki kaisha, gk, godo kaisha, yk, tbk',
  'Short in brackets or a square': '株, 有, 合, 주, 유',
};

const atStart: Readonly<Record<string, string>> = {
  Indonesia: 'pt',
  'Baltic countries': 'oü, uab, sia',
  'Cyrillic scripts': `ооо, оао, зао, пао, ао, ип, тов, тоо, пп, общество с ограниченной ответственностью,
    акционерное общество, публичное акционерное общество, товариство з обмеженою відповідальністю`,
  Vietnam: 'công ty tnhh, công ty cổ phần, công ty tnhh một thành viên, công ty tnhh mtv, công ty cp',
  'Japan in Latin script': 'kabushiki kaisha, godo kaisha',
  'Short in brackets or a square': '株, 有, 合, 주, 유',
};

function entries(table: Readonly<Record<string, string>>): ReadonlySet<string> {
  return new Set(Object.values(table).flatMap((forms) => forms.split(/,\s+/)));
}

/** Whole words at the end or the start of a name; `&` is what `& Co.` leaves behind. */
export const formsBetweenSpaces = {
  atEnd: new Set([...entries(atEnd), '&']),
  atStart: entries(atStart),
} as const;

/** Words in the longest form. */
export const longestForm = Math.max(
  ...[...formsBetweenSpaces.atEnd, ...formsBetweenSpaces.atStart].map((form) => form.split(' ').length),
);

/** At the end or the start of names in scripts that put no space before them; longer ones first. */
export const formsWithoutSpaces: readonly string[] = [
  ...['一般社団法人', '株式会社', '有限会社', '合同会社', '合資会社', '合名会社'],
  ...['股份有限公司', '有限责任公司', '有限責任公司', '有限公司'],
  ...['유한책임회사', '주식회사', '유한회사'],
  ...['มหาชน', 'บริษัท', 'จํากัด', 'จำกัด'],
];

/** Abbreviations that count only with their dots, and what they stand for. */
export const dottedForms: readonly (readonly [RegExp, string])[] = [
  [/(?<![\p{L}\p{N}])s\.\s*p\.\s*a(?![\p{L}\p{N}])/gu, 'società per azioni'],
  [/(?<![\p{L}\p{N}])e\.\s*v(?![\p{L}\p{N}])/gu, 'eingetragener verein'],
];
