/** Certificates in Postgres: the site's are kept, a company's latest stands. */
import type { NewCertificate, NewCompanyCertificate } from '../../src/ports/certificates';
import { ownStore } from '../support/own-store';
import { aWorld, type World } from '../support/store-world';

const opened = ownStore();
let world: World;
let link: number;
beforeEach(async () => {
  world = await aWorld(opened());
  link = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
});

const company = (more: Partial<NewCompanyCertificate> = {}): NewCompanyCertificate => ({
  link,
  ids: { teamwork: '1', desk: '7' },
  agreed: 3,
  explained: 0,
  different: 0,
  digest: 'aa',
  ...more,
});

const certificate = (...companies: readonly NewCompanyCertificate[]): NewCertificate => ({
  agreed: { company: 1, customer: 3 },
  explained: 0,
  different: companies.reduce((sum, { different }) => sum + different, 0),
  digest: 'bb',
  companies,
});

const issue = (...companies: readonly NewCompanyCertificate[]) =>
  opened().certificates.issue(world.site, certificate(...companies));

test('the latest comes first, and all are kept', async () => {
  const first = await issue(company());
  const second = await issue(company({ different: 1 }));
  expect(await opened().certificates.certificates(world.site, 10)).toEqual([second, first]);
  expect(first).toMatchObject({ agreed: { company: 1, customer: 3 }, different: 0, digest: 'bb' });
});

test('a company tells when it was in step last, while it differs', async () => {
  const first = await issue(company());
  const second = await issue(company({ different: 2, digest: 'cc' }));
  expect(await opened().certificates.companyCertificate(world.site, link)).toEqual({
    ...company({ different: 2, digest: 'cc' }),
    issuedAt: second.issuedAt,
    agreedAt: first.issuedAt,
  });
  const differing = await opened().certificates.differingCompanies(world.site, 10);
  expect(differing.map((one) => one.link)).toEqual([link]);
});

test('R22 a company whose link was broken since is on none', async () => {
  await issue(company({ different: 1 }));
  await opened().operations.operate(world.site, link, { verb: 'unlink' }, 'unlinked');
  expect(await opened().certificates.companyCertificate(world.site, link)).toBeNull();
  expect(await opened().certificates.differingCompanies(world.site, 10)).toEqual([]);
});

test('I15 sites do not see each other’s', async () => {
  await issue(company());
  const other = await aWorld(opened());
  expect(await opened().certificates.certificates(other.site, 10)).toEqual([]);
  expect(await opened().certificates.companyCertificate(other.site, link)).toBeNull();
});
