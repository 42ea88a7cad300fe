/** What is looked at of a request before any route of the console: where it comes from, who may, the cookie. */
import type { IncomingHttpHeaders } from 'node:http';
import { endedCookie, sessionCookie, sessionIn } from '../../src/console/cookies';
import { isOwnPage } from '../../src/console/origin';
import { mayActAs, roleText, roles } from '../../src/console/roles';

const host = 'desk.example:4000';

test.each<[string, boolean, IncomingHttpHeaders]>([
  ['a form of its own', true, { host, 'sec-fetch-site': 'same-origin' }],
  ['a form of another site', false, { host, 'sec-fetch-site': 'cross-site' }],
  ['a form of a sibling host', false, { host, 'sec-fetch-site': 'same-site' }],
  ['an address that was typed', false, { host, 'sec-fetch-site': 'none' }],
  ['its own origin', true, { host, origin: `https://${host}` }],
  ['another origin', false, { host, origin: 'https://evil.example' }],
  ['its host on another port', false, { host, origin: 'https://desk.example' }],
  ['an opaque origin', false, { host, origin: 'null' }],
  ['what is no browser', true, { host }],
])('%s is taken for a page of this console: %s', (_, expected, headers) => {
  expect(isOwnPage(headers)).toBe(expected);
});

test('each role may what it is named after and what those before it may', () => {
  expect(roles.map((own) => roles.filter((needed) => mayActAs(own, needed)))).toEqual([
    ['viewer'],
    ['viewer', 'operator'],
    ['viewer', 'operator', 'administrator'],
  ]);
});

test('each role says what it may', () => {
  expect(roles.map((role) => roleText[role])).toEqual([
    expect.stringContaining('sees'),
    expect.stringContaining('answers'),
    expect.stringContaining('manages users'),
  ]);
});

test('the session’s cookie is of this host alone, for no script and no other site; ended, it is empty and over', () => {
  const attributes = 'Path=/; HttpOnly; Secure; SameSite=Strict';
  expect(sessionCookie('token')).toBe(`__Host-session=token; ${attributes}`);
  expect(endedCookie()).toBe('__Host-session=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict');
});

test.each([
  ['alone', '__Host-session=token', 'token'],
  ['among others', 'a=b; __Host-session=token; session=other', 'token'],
  ['without its prefix', 'session=token', null],
  ['nowhere', undefined, null],
])('a session %s in the header', (_, header, expected) => {
  expect(sessionIn(header)).toBe(expected);
});
