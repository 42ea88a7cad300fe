/** All sites of this deployment. */
import type { User } from '../../ports/accounts';
import type { Site } from '../../ports/sites';
import { mayActAs } from '../roles';
import { sitePath } from '../route';
import { Empty, Table } from './parts';

export function SiteList({ sites, user }: { readonly sites: readonly Site[]; readonly user: User }) {
  return (
    <>
      {sites.length === 0 && <Empty>No site is connected yet.</Empty>}
      {sites.length > 0 && (
        <Table heads={['site', 'address', 'stands']}>
          <tbody>
            {sites.map(({ id, url, frozen, paused }) => (
              <tr>
                <th scope="row">
                  <a href={sitePath(id)}>{id}</a>
                </th>
                <td>{url}</td>
                <td>{frozen !== null ? 'frozen' : paused.site ? 'paused' : 'watched'}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {mayActAs(user.role, 'administrator') && (
        <p class="actions">
          <a class="button main" href="/connect">
            Connect a site
          </a>
        </p>
      )}
    </>
  );
}
