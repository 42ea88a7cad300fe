/** R5: a client that Desk's own box made, told from one that merely matches. */
import type { LinkView, RecordView } from '../../src/domain/plan';
import { planLink } from '../../src/domain/planner';
import { aCompany, facing } from '../support/views';

const madeAt = '2026-03-01T10:00:05.400Z';
const metSoon = '2026-03-01T10:00:20Z';
const client = (more: Partial<RecordView> = {}) =>
  aCompany('teamwork', '7', {}, { createdAt: madeAt, firstSeenAt: metSoon, ...more });
const company = (more: Partial<RecordView> = {}, fields = {}) =>
  aCompany('desk', '9', fields, { createdAt: madeAt, updatedAt: null, firstSeenAt: metSoon, ...more });
const isAsked = (view: LinkView) => planLink(view).askedByBox;

test('R5: is told from either side', () => {
  expect(isAsked(facing(client(), [company()]))).toBe(true);
  expect(isAsked(facing(company(), [client()]))).toBe(true);
});

test('R5: not one that was made before the company it is matched with, from either side', () => {
  const later = company({ createdAt: '2026-03-01T10:00:07Z' });
  expect(isAsked(facing(client(), [later]))).toBe(false);
  expect(isAsked(facing(later, [client()]))).toBe(false);
});

test('R5: is judged by the one it is matched with, not by another of the group', () => {
  const view = facing(client(), [company()]);
  const other = { ...aCompany('desk', '8', { name: 'Other' }), parent: null };
  expect(isAsked({ ...view, counterparts: [other, ...view.counterparts] })).toBe(true);
});

test.each([
  ['was made in the same second', { createdAt: '2026-03-01T10:00:05.900Z' }, true],
  ['was made ten seconds before', { createdAt: '2026-03-01T09:59:55.400Z' }, false],
  ['was made within ten seconds before', { createdAt: '2026-03-01T09:59:56Z' }, true],
  ['was made long before and edited just then', { createdAt: null, updatedAt: '2026-03-01T10:00:04Z' }, true],
  ['was made nobody knows when', { createdAt: null }, false],
])('R5: a company that %s', (_, more, asked) => {
  expect(isAsked(facing(client(), [company(more)]))).toBe(asked);
});

test.each([
  ['made nobody knows when', { createdAt: null }, false],
  ['that we met a day after it was made', { firstSeenAt: '2026-03-02T10:00:05.400Z' }, true],
  ['that we met later', { firstSeenAt: '2026-03-02T10:00:05.401Z' }, false],
])('R5: a client %s', (_, more, asked) => {
  expect(isAsked(facing(client(more), [company()]))).toBe(asked);
});

test.each([
  ['2026-03-01T10:00:00Z', true],
  ['2026-03-01T10:00:01Z', false],
])('R5: ten seconds are enough: a client made at %s', (createdAt, asked) => {
  const made = company({ createdAt: '2026-03-01T09:59:50.900Z' });
  expect(isAsked(facing(client({ createdAt }), [made]))).toBe(asked);
});

test('R5: a client that says something else was made by somebody', () => {
  expect(isAsked(facing(client(), [company({}, { website: 'acme.test' })]))).toBe(false);
});

test('R5: what was said of the box in our own window stands', () => {
  const view = facing(company(), [client()]);
  expect(isAsked({ ...view, link: { ...view.link, asked: 'yes' } })).toBe(false);
  const other = facing(client(), [company()]);
  const desk = other.group.desk.map((record) => ({ ...record, asked: 'yes' as const }));
  expect(isAsked({ ...other, group: { ...other.group, desk } })).toBe(false);
});
