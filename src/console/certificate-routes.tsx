/** What `verify --certificate` proved. */
import { CertificatesPage } from './pages/certificates';
import { siteRoute, type Route } from './route';

const shown = 50;

export const certificateRoutes: readonly Route[] = [
  siteRoute('GET', '/certificates', 'viewer', async ({ ports, site }) => {
    const [issued, differing] = await Promise.all([
      ports.certificates.certificates(site.id, shown),
      ports.certificates.differingCompanies(site.id, shown),
    ]);
    const named = await ports.reads.linksNumbered(
      site.id,
      differing.map(({ link }) => link),
    );
    const body = <CertificatesPage {...{ site, issued, differing, named }} />;
    return { page: { title: 'Certificates', body } };
  }),
];
