/** What a signed delivery is taken to say, and what of it is refused, by itself: no server, no store. */
import { dialects, readDelivery } from '../../src/bridge/delivery';
import { formBody, jsonBody } from '../../src/bridge/body';

const bytes = (text: string) => Buffer.from(text);
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('a body as JSON', () => {
  test('has its keys in small letters, at every level that is looked into', () => {
    expect(jsonBody(bytes('{"Company":{"ID":5},"b":[{"c":null}]}'))).toEqual(
      new Map<string, unknown>([
        ['company', { ID: 5 }],
        ['b', [{ c: null }]],
      ]),
    );
  });

  test.each([
    ['twenty levels', nested(20), true],
    ['twenty-one', nested(21), false],
    ['lists in lists', `{"a":${'['.repeat(21)}${']'.repeat(21)}}`, false],
    ['__proto__', '{"__proto__":{}}', false],
    ['__proto__ beside others', '{"a":1,"__proto__":{"b":1}}', false],
    ['constructor further in', '{"a":[{"b":{"constructor":1}}]}', false],
    ['prototype', '{"a":{"prototype":1}}', false],
    ['a text that says so', '{"a":"__proto__","b":["constructor"]}', true],
    ['a list', '[5]', false],
    ['a number', '5', false],
    ['nothing', 'null', false],
    ['what breaks off', '{"a":1', false],
  ])('%s', (_, text, isTaken) => {
    expect(jsonBody(bytes(text)) !== null).toBe(isTaken);
  });

  test('bytes that are no text are none', () => {
    const [before, after] = [bytes('{"a":"'), bytes('"}')];
    expect(jsonBody(Buffer.concat([before, Buffer.from([0xff]), after]))).toBeNull();
  });
});

describe('a body as a form', () => {
  test('has what stands after the first dot one level further in', () => {
    const body = formBody(
      bytes('Company.ID=5&Company.Name=A%26B&Company.Address.City=Oslo&Company=x&ID=7&id=8'),
    );
    expect(body).toEqual(
      new Map<string, unknown>([
        ['company', 'x'],
        ['id', '8'],
      ]),
    );
    expect(formBody(bytes('Company.ID=5&Company.Address.City=Oslo'))).toEqual(
      new Map([
        [
          'company',
          new Map([
            ['id', '5'],
            ['address.city', 'Oslo'],
          ]),
        ],
      ]),
    );
  });

  test.each([
    ['a thousand pairs', Array.from({ length: 1_000 }, (_, at) => `k${at}=v`).join('&'), true],
    ['one more', Array.from({ length: 1_001 }, (_, at) => `k${at}=v`).join('&'), false],
    ['__proto__', '__proto__.polluted=1', false],
    ['constructor further in', 'a.constructor=1', false],
    ['prototype in capitals', 'a.b.PROTOTYPE=1', false],
    ['no pair at all', '', false],
  ])('%s', (_, text, isTaken) => {
    expect(formBody(bytes(text)) !== null).toBe(isTaken);
  });
});

describe('a delivery', () => {
  const teamwork = { 'x-projects-event': 'COMPANY.UPDATED', 'x-projects-delivery': 'one' };
  const read = (body: string, event = 'COMPANY.UPDATED', contentType = 'application/json') =>
    readDelivery('teamwork', {
      headers: { ...teamwork, 'x-projects-event': event },
      contentType,
      body: bytes(body),
    });

  test.each([
    ['COMPANY.CREATED', '{"company":{"id":5}}', { kind: 'company', id: '5', news: 'changed' }],
    ['company.updated', '{"company":{"id":"6"}}', { kind: 'company', id: '6', news: 'changed' }],
    ['COMPANY.DELETED', '{"id":7}', { kind: 'company', id: '7', news: 'deleted' }],
    ['USER.UPDATED', '{"user":{"id":8},"id":9}', { kind: 'customer', id: '8', news: 'changed' }],
    [
      'USER.DELETED',
      '{"ID":"123456789012345678"}',
      { kind: 'customer', id: '123456789012345678', news: 'deleted' },
    ],
    ['TASK.UPDATED', '{"task":{"id":5}}', null],
    ['SUBCOMPANY.UPDATED', '{"company":{"id":5}}', null],
    ['COMPANY.UPDATED.TWICE', '{"company":{"id":5}}', null],
    ['CUSTOMER.UPDATED', '{"customer":{"id":5}}', null],
  ])('R28 %s with %s', (event, body, about) => {
    expect(read(body, event)).toMatchObject({ side: 'teamwork', delivery: 'one', event, about });
  });

  test('R28 of Desk, with the hash of its bytes', () => {
    const headers = { 'x-desk-event': 'customer.edited', 'x-desk-delivery': 'two' };
    const body = bytes('{"customer":{"id":11}}');
    expect(readDelivery('desk', { headers, contentType: 'application/json', body })).toEqual({
      ...{ side: 'desk', delivery: 'two', event: 'customer.edited' },
      about: { kind: 'customer', id: '11', news: 'changed' },
      bodyHash: '3890c315bff501c95e9dfbe50038e30d4e559e2e40936f41ed0dec426774ff30',
    });
  });

  test.each(['customer.created', 'customer.updated', 'customer.deleted'])('R28 %s of Desk', (event) => {
    const headers = { 'x-desk-event': event, 'x-desk-delivery': 'two' };
    const news = event.endsWith('deleted') ? 'deleted' : 'changed';
    expect(
      readDelivery('desk', { headers, contentType: 'application/json', body: bytes('{"id":11}') }),
    ).toMatchObject({ about: { kind: 'customer', id: '11', news } });
  });

  test.each(['ticket.created', 'vipcustomer.created', 'customer.created.twice'])(
    'R28 %s of Desk says nothing',
    (event) => {
      const headers = { 'x-desk-event': event, 'x-desk-delivery': 'two' };
      expect(
        readDelivery('desk', { headers, contentType: 'application/json', body: bytes('{"id":11}') }),
      ).toMatchObject({
        about: null,
      });
    },
  );

  test('Desk sends no forms, Teamwork.com both', () => {
    expect([dialects.desk.contentTypes, dialects.teamwork.contentTypes]).toEqual([
      ['application/json'],
      ['application/json', 'application/x-www-form-urlencoded'],
    ]);
    expect([dialects.desk.signatureHeader, dialects.teamwork.signatureHeader]).toEqual([
      'x-desk-signature',
      'x-projects-signature',
    ]);
  });

  test('R28 as a form, whatever the charset', () => {
    const answer = read('Company.ID=5', undefined, 'Application/X-WWW-Form-Urlencoded; charset=utf-8');
    expect(answer).toMatchObject({ about: { kind: 'company', id: '5' } });
  });

  test.each([
    ['0'],
    ['-5'],
    ['5.5'],
    ['9007199254740992'],
    ['"05"'],
    ['"5x"'],
    ['"x5"'],
    ['"1234567890123456789"'],
    ['true'],
    ['["5"]'],
    ['{"id":5}'],
  ])('R28 %s is no id', (id) => {
    expect(read(`{"company":{"id":${id}}}`)).toEqual({ problem: 'The body names no company by its id.' });
  });

  test.each([
    ['[1]', 'application/json', 'The body is not a JSON object as a webhook sends it.'],
    ['', 'application/x-www-form-urlencoded', 'The body is not a form as a webhook sends it.'],
  ])('%s as %s is refused', (body, contentType, problem) => {
    expect(read(body, undefined, contentType)).toEqual({ problem });
  });

  test.each([
    ['x-projects-event', undefined],
    ['x-projects-event', 'two words'],
    ['x-projects-delivery', ''],
    ['x-projects-delivery', 'a'.repeat(101)],
    ['x-projects-delivery', ['one', 'two']],
  ])('the header %s as %j is refused', (name, value) => {
    const posted = {
      headers: { ...teamwork, [name]: value },
      contentType: 'application/json',
      body: bytes('{}'),
    };
    expect(readDelivery('teamwork', posted)).toEqual({
      problem: `The header ${name} is missing or not one word.`,
    });
  });

  test('a hundred signs are one word', () => {
    expect(read('{"company":{"id":5}}', `company.${'x'.repeat(92)}`)).toMatchObject({ about: null });
  });
});
