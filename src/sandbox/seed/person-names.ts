/** Names of people, each as written and in plain letters for an email. */

export interface Word {
  readonly written: string;
  readonly plain: string;
}

/** First names and last names of one part of the world. */
interface NameSet {
  readonly first: readonly Word[];
  readonly last: readonly Word[];
}

/** Reads 'Łukasz=lukasz' or plain 'Anna'. */
export function wordList(list: string): Word[] {
  return list.split(/\s+/).map((entry) => {
    const [written = '', plain] = entry.split('=', 2);
    return { written, plain: plain ?? written.toLowerCase() };
  });
}

/** Nine tenths of the people take their names from here. */
export const COMMON_NAMES: NameSet = {
  first: wordList(
    'Anna Ben Carla Daniel Elena Felix Grace Hugo Iris Jonas Karen Liam Marta Nora Oscar Paula Quentin Rosa Simon ' +
      'Teresa Ulrich Vera Walter Yara Zoe Amelia Bruno Clara David Emma Frank Greta Henry Ida Jack Kate Laura Martin ' +
      'Nina Oliver Peter Rachel Sean Tom Ursula Victor Wendy Aoife=aoife Ciarán=ciaran Siobhán=siobhan José=jose ' +
      'María=maria Zoë=zoe François=francois Chloé=chloe Jürgen=juergen Søren=soeren Åsa=asa Łukasz=lukasz ' +
      'Małgorzata=malgorzata Šárka=sarka Tomáš=tomas Özlem=oezlem İpek=ipek Işıl=isil Nguyễn=nguyen Đặng=dang ' +
      'Anne-Marie Jean-Luc Mary-Jane',
  ),
  last: wordList(
    'Abbott Bauer Costa Dubois Evans Fischer Garcia Hansen Ivanova Jensen Keller Lopez Meyer Novak Olsen Petrov Quinn ' +
      'Rossi Silva Turner Underwood Vargas Weber Young Zimmer Archer Bishop Carter Dawson Ellis Foster Grant Hughes ' +
      'Irving Jordan Knight Lambert Mason Norton Osborne Palmer Reeves Shaw Tate Vaughn Wallace York Byrne Doyle ' +
      "O'Brien=obrien O'Neill=oneill D'Angelo=dangelo McKenna MacLeod Müller=mueller Weiß=weiss Núñez=nunez " +
      'Gonçalves=goncalves Håkansson=hakansson Kowalczyk=kowalczyk Wiśniewska=wisniewska Dvořák=dvorak Yıldız=yildiz ' +
      'Şahin=sahin Smith-Jones García-Márquez=garcia-marquez Bjørk=bjork Ødegård=odegard Ștefănescu=stefanescu',
  ),
};

/** One tenth from one of these, in its own script. */
export const OTHER_SCRIPTS: readonly NameSet[] = [
  {
    first: wordList('Γιώργος=giorgos Ελένη=eleni Νίκος=nikos Σοφία=sofia'),
    last: wordList('Παπαδόπουλος=papadopoulos Νικολάου=nikolaou Ιωάννου=ioannou'),
  },
  {
    first: wordList('Ольга=olga Сергій=serhii Дмитро=dmytro Наталія=nataliia'),
    last: wordList('Шевченко=shevchenko Коваленко=kovalenko Бондар=bondar'),
  },
  {
    first: wordList('أحمد=ahmad ليلى=layla يوسف=yusuf مريم=maryam'),
    last: wordList('الحسن=alhasan حداد=haddad'),
  },
  { first: wordList('נועה=noa יונתן=yonatan תמר=tamar'), last: wordList('כהן=cohen לוי=levi פרץ=peretz') },
  { first: wordList('伟=wei 芳=fang 敏=min 静=jing'), last: wordList('王=wang 李=li 张=zhang 刘=liu') },
  {
    first: wordList('さくら=sakura 健太=kenta 陽子=yoko'),
    last: wordList('佐藤=sato 鈴木=suzuki 髙橋=takahashi'),
  },
  { first: wordList('민준=minjun 서연=seoyeon 지우=jiwoo'), last: wordList('김=kim 박=park 이=lee') },
  { first: wordList('आरव=aarav प्रिया=priya अनन्या=ananya'), last: wordList('शर्मा=sharma पटेल=patel') },
  { first: wordList('สมชาย=somchai มาลี=malee'), last: wordList('ใจดี=jaidee ศรีสุข=srisuk') },
];
