/** A company is made in Desk, and where the box is checked it becomes a client in Teamwork.com (R5). */
import { sitePath, type SiteVisit } from '../route';
import { PostForm } from './parts';

export function NewCompanyPage({ visit }: { readonly visit: SiteVisit }) {
  return (
    <PostForm visit={visit} action={sitePath(visit.site.id, '/companies/new')} class="card stack">
      <label>
        Name
        <input name="name" required maxLength={255} autofocus />
      </label>
      <label>
        Website
        <input name="website" placeholder="acme.example" />
      </label>
      <label>
        Email
        <input name="email" type="email" />
      </label>
      <label>
        Domains
        <input name="domains" placeholder="acme.example, acme.test" aria-describedby="domains-hint" />
        <span class="hint" id="domains-hint">
          Customers with an email of these domains join the company in Desk.
        </span>
      </label>
      <label class="check">
        <input name="addAsClient" type="checkbox" />
        Add as a client in Teamwork.com
      </label>
      <p class="hint">
        With the box the company is made in Teamwork.com too, or linked with the client of that name, and its
        people follow. Without it the company stands alone in Desk until somebody adds it.
      </p>
      <button class="main">Make the company</button>
    </PostForm>
  );
}
