import { parseJson, storable } from '../../src/apis/json-text';
import { time } from '../../src/apis/wire-values';
import { client, json, raw, recordingPermit, serve, type AnswerOf, type Told } from './over-http';

describe('values at the edge', () => {
  test.each([
    ['{"id":9007199254740993}', { id: '9007199254740993' }],
    ['{"id":-12345678901234567890}', { id: '-12345678901234567890' }],
    ['{"id":42,"long":0.1234567890123456789}', { id: 42, long: 0.1234567890123456789 }],
    [
      '{"name":"call 12345678901234567 \\"12345678901234567\\""}',
      { name: 'call 12345678901234567 "12345678901234567"' },
    ],
    ['[1234567890123456]', ['1234567890123456']],
  ])('%s keeps every digit of an integer', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });
  test('what a database cannot store is replaced: half a surrogate pair by U+FFFD, NUL by nothing', () => {
    expect(storable('a\0b \ud83d c \ude00 😀')).toBe('ab \ufffd c \ufffd 😀');
  });
  test.each([
    ['2025-10-07T00:29:04.80731737Z', '2025-10-07T00:29:04.807Z'],
    ['2018-06-14 14:07:29+00:00', '2018-06-14T14:07:29.000Z'],
    ['2018-06-14T14:07:29+0200', '2018-06-14T12:07:29.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
    ['2026-02-30T00:00:00Z', null],
    ['2026-01-01T24:00:00Z', null],
    ['0001-01-01T00:00:00Z', null],
    ['yesterday', null],
    ['', null],
    [null, null],
    [1_700_000_000, null],
    [undefined, null],
  ])('the time %p is %p', (value, instant) => {
    expect(time.parse(value)).toBe(instant);
  });
});

describe('records from hell', () => {
  let server: Told;
  afterEach(() => server.close());

  const person = {
    id: 5,
    firstName: 'Ann',
    lastName: 'Ba',
    emailAddress: 'ann@ba.test',
    companyId: 9,
    userType: 'contact',
    inOwnerCompany: false,
  };
  async function people(...rows: unknown[]) {
    const answer: AnswerOf = json({ STATUS: 'OK', people: rows }, 200, {
      'x-pages': '1',
      'x-records': String(rows.length),
    });
    server = await serve(answer);
    return client('teamwork', server.url).list(recordingPermit(), 'customer', null);
  }

  test('one unreadable record is told by its id and place, without its values; the others are read', async () => {
    const page = await people(
      person,
      { ...person, id: 6, lastName: { text: 'Wölfe' } },
      { ...person, id: 7 },
    );
    expect(page.observations.map(({ id }) => id)).toEqual(['5', '7']);
    // To zod an object of another of jest's realms is an `Object`.
    const told = page.unreadable.map(({ id, problem }) => `${id} ${problem.toLowerCase()}`);
    expect(told).toEqual(['6 lastname: invalid input: expected string, received object']);
  });
  test.each([[null], ['text'], [[]], [{ id: -1 }], [{ id: 1.5 }], [{ id: {} }], [{}]])(
    '%j is an unreadable record without an id',
    async (row) => {
      const page = await people(row, person);
      expect([page.observations.length, page.unreadable.map(({ id }) => id)]).toEqual([1, ['']]);
    },
  );
  test('keys that reach for prototypes are only keys', async () => {
    const evil = JSON.parse('{"__proto__":{"lastName":"Evil"},"constructor":{"prototype":{}}}') as object;
    const page = await people({ ...evil, ...person, lastName: undefined });
    expect(page.observations[0]?.fields).not.toHaveProperty('lastName');
    expect({}).not.toHaveProperty('lastName');
  });
  test('an absent key is unread, null and "" are blank (R8)', async () => {
    const { firstName: _, ...rest } = person;
    const page = await people({ ...rest, lastName: null, avatarUrl: '' });
    expect(page.observations[0]?.fields).toEqual({
      lastName: '',
      email: 'ann@ba.test',
      company: '9',
      avatar: '',
    });
  });
  test('alternative emails are covered when all slots were read, and blank slots are none (R8)', async () => {
    const slots = { emailAlt1: '', emailAlt2: 'b@ba.test', emailAlt3: null };
    const page = await people({ ...person, ...slots }, { ...person, id: 6, emailAlt1: 'x@ba.test' });
    expect(page.observations.map(({ fields }) => fields.alternativeEmails)).toEqual([
      ['b@ba.test'],
      undefined,
    ]);
  });
  test('who signs in, who is staff, who is a service account (R1, R27)', async () => {
    const page = await people(
      person,
      { ...person, id: 6, userType: 'account', isClientUser: true },
      { ...person, id: 7, userType: undefined },
      { ...person, id: 8, inOwnerCompany: '1' },
      { ...person, id: 9, inOwnerCompany: undefined, companyId: '1' },
      { ...person, id: 10, isServiceAccount: true },
      { ...person, id: 11, isPlaceholderResource: 1 },
    );
    expect(page.observations.map(({ id, scope, signsIn }) => [id, scope, signsIn])).toEqual([
      ['5', 'client', false],
      ['6', 'client', true],
      ['7', 'client', true],
      ['8', 'staff', false],
      ['9', 'staff', false],
      ['10', 'service', false],
      ['11', 'service', false],
    ]);
  });
  test('a person whose company cannot be told from the owner is unreadable, not a client (R1)', async () => {
    server = await serve(
      json({ people: [{ ...person, inOwnerCompany: undefined }] }, 200, { 'x-pages': '1' }),
    );
    const page = await client('teamwork', server.url, null).list(recordingPermit(), 'customer', null);
    expect([page.observations, page.unreadable.map(({ id }) => id)]).toEqual([[], ['5']]);
  });
  test('hostile text comes through as text', async () => {
    const texts = [
      '<script>alert(1)</script>',
      "'; drop table people; --",
      '=1+1',
      'İstanbul ẞ',
      '\u202eevil',
      'x'.repeat(100_000),
    ];
    const page = await people(...texts.map((lastName, index) => ({ ...person, id: index + 1, lastName })));
    expect(page.observations.map(({ fields }) => fields.lastName)).toEqual(texts);
  });
  test('escaped halves of surrogate pairs and NULs are made storable', async () => {
    server = await serve(
      raw(`{"people":[{"id":"5","inOwnerCompany":"0","firstName":"A\\u0000\\ud800"}]}`, 200, {
        'x-pages': '1',
      }),
    );
    const page = await client('teamwork', server.url).list(recordingPermit(), 'customer', null);
    expect(page.observations[0]?.fields.firstName).toBe('A\ufffd');
  });
  test('an id beyond 2^53 keeps its digits', async () => {
    server = await serve(
      raw('{"people":[{"id":9007199254740993,"inOwnerCompany":false}]}', 200, { 'x-pages': '1' }),
    );
    const page = await client('teamwork', server.url).list(recordingPermit(), 'customer', null);
    expect(page.observations[0]?.id).toBe('9007199254740993');
  });
});
