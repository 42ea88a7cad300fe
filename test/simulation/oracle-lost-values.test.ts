/** The oracle's check of lost values can fail: it is shown a truth made by hand. */
import { lostValues } from './oracle/lost-values';
import { aTruth } from './oracle-truth';
import { shownKey } from './products/calls';

/** A person whose pair broke, and who was restored with another customer since. */
function restoredAlone(edited: 'before the break' | 'after it' | 'never', travelled = 'King') {
  const truth = aTruth();
  const { products, journal, pass, shown } = truth;
  const { teamwork, desk, link } = truth.pair(1, { phase: 'broken', status: 'broken' });
  shown.set(shownKey(teamwork, 'lastName', 'Byron'), products.changes.at(-1)?.at ?? 0);
  const edit = () => products.update('user', desk, { lastName: 'King' });
  pass(1_000);
  if (edited === 'before the break') edit();
  products.update('engine', teamwork, { lastName: travelled });
  const at = new Date(pass(1_000)).toISOString();
  const detail = { teamwork: teamwork.id, desk: desk.id };
  journal.push({ at, link: link.number, event: 'broken', side: 'teamwork', detail } as never);
  pass(1_000);
  if (edited === 'after it') edit();
  const fields = { ...desk.fields, email: 'ada9@acme.test', lastName: travelled };
  const anew = products.create('engine', 'desk', 'customer', fields);
  truth.add('customer', { teamwork: teamwork.id, desk: anew.id });
  return lostValues(truth.site);
}

it('I6 R22 what was edited on the other side of an earlier link, and travelled, stands', () => {
  expect(restoredAlone('before the break')).toEqual([]);
});

it.each([
  ['nobody edited it', () => restoredAlone('never')],
  ['it was edited after the break', () => restoredAlone('after it')],
  ['something else was written', () => restoredAlone('before the break', 'Lovelace')],
])('I6 a value is lost where %s', (_, lost) => {
  expect(lost()).toEqual([expect.stringContaining('"Byron" of teamwork is lost')]);
});

/** The edit of a person in Teamwork.com, which Desk ignored; what Desk showed then, and shows again, was written back. */
function ignoredAndBlanked(isBlanked: boolean) {
  const truth = aTruth();
  const { products, journal, pass, shown } = truth;
  const { teamwork, desk, link } = truth.pair(1);
  pass(1_000);
  const edited = products.update('user', teamwork, { lastName: 'King' });
  shown.set(shownKey(edited, 'lastName', 'King'), products.changes.at(-1)?.at ?? 0);
  products.manners.ignore(desk, 'lastName', 1);
  pass(1_000);
  products.update('engine', desk, { lastName: 'King' });
  if (isBlanked) products.update('vendor', desk, { lastName: '' });
  const at = new Date(pass(1_000)).toISOString();
  const detail = { id: desk.id, fields: ['lastName'], reformatted: ['lastName'] };
  journal.push({ at, link: link.number, event: 'updated', side: 'desk', detail } as never);
  if (isBlanked) products.update('vendor', desk, { lastName: 'Byron' });
  products.update('engine', edited, { lastName: 'Byron' });
  return lostValues(truth.site);
}

it('I6 R13 what a product ignored and then showed nothing of for a while comes back as an edit of its own', () => {
  expect(ignoredAndBlanked(true)).toEqual([]);
  expect(ignoredAndBlanked(false)).toEqual([expect.stringContaining('"King" of teamwork is lost')]);
});

/** While the pair was broken, its customer was in another link, by which another name came to it. */
function joinedAfterAnother(isJoined: boolean) {
  const truth = aTruth();
  const { products, journal, pass, shown } = truth;
  const { teamwork, desk, link } = truth.pair(1);
  shown.set(shownKey(teamwork, 'lastName', 'Byron'), products.changes.at(-1)?.at ?? 0);
  const other = truth.add(
    'customer',
    { teamwork: truth.person('teamwork', 2).id, desk: desk.id },
    { phase: 'broken' },
  );
  const tell = (event: string, of: number, detail: object = {}) =>
    journal.push({ at: new Date(pass(1_000)).toISOString(), link: of, event, side: null, detail } as never);
  tell('linked', other.number, other.ids);
  pass(1_000);
  products.update('engine', desk, { lastName: 'Lovelace' });
  tell('broken', other.number, other.ids);
  if (isJoined) tell('relinked', link.number);
  pass(1_000);
  products.update('engine', teamwork, { lastName: 'Lovelace' });
  return lostValues(truth.site);
}

it('I6 R22 what came to a record by another link is merged when it is joined again', () => {
  expect(joinedAfterAnother(true)).toEqual([]);
  expect(joinedAfterAnother(false)).toEqual([expect.stringContaining('"Byron" of teamwork is lost')]);
});
