/** Settings of a site: General with Cross Product, the connection, and the list of all changes. */
import type { Side } from '../../domain/record';
import type { AuditEntry } from '../../ports/accounts';
import type { SideHooks } from '../../ports/hooks';
import { hooksLine } from '../../wording/hooks-text';
import { countText, durationText, timeText } from '../../wording/words';
import { sitePath, type SiteVisit } from '../route';
import { AuditTable } from './audit-table';
import { isAdministrator, PostForm } from './parts';

interface Props {
  readonly visit: SiteVisit;
  readonly audit: readonly AuditEntry[];
  /** Customers of linked companies who stay out for the setting's sake (R7). */
  readonly earlier: number;
  readonly hooks: Readonly<Record<Side, SideHooks>>;
}

export function SettingsPage({ visit, audit, earlier, hooks }: Props) {
  const isOwn = isAdministrator(visit);
  return (
    <>
      {!isOwn && <p class="hint">Only an administrator changes these.</p>}
      <h2>General</h2>
      <fieldset class="plain" disabled={!isOwn}>
        <CrossProduct visit={visit} earlier={earlier} />
        <Policy visit={visit} />
      </fieldset>
      <Fixed visit={visit} />
      <h2>Connection</h2>
      <fieldset class="plain" disabled={!isOwn}>
        <Connection visit={visit} hooks={hooks} />
      </fieldset>
      <h2>Changes</h2>
      <AuditTable entries={audit} />
    </>
  );
}

function CrossProduct({ visit, earlier }: Pick<Props, 'visit' | 'earlier'>) {
  const { automaticallyCreateContacts: isOn, automaticSince } = visit.site.settings;
  return (
    <PostForm visit={visit} action={sitePath(visit.site.id, '/settings/cross-product')} class="card stack">
      <h3>Cross Product</h3>
      <label class="check">
        <input type="checkbox" name="automaticallyCreateContacts" checked={isOn} />
        Automatically create contacts in Teamwork
      </label>
      <p class="hint">
        When it is on, a new Desk customer of a linked company becomes a contact of that client in
        Teamwork.com, once name and email are there. It acts on those who come from then on.
        {automaticSince !== null && ` On since ${timeText(automaticSince)} (UTC).`}
      </p>
      {earlier > 0 && (
        <label class="check">
          <input type="checkbox" name="includeEarlier" />
          Also {countText(earlier, 'customer')} of linked companies who stayed out until now
        </label>
      )}
      <button>Keep</button>
    </PostForm>
  );
}

const policies = {
  latest: 'the later edit stands',
  teamwork: 'Teamwork.com stands',
  desk: 'Desk stands',
} as const;

function Policy({ visit }: Pick<Props, 'visit'>) {
  const { conflictPolicy, budgetShare } = visit.site.settings;
  return (
    <PostForm visit={visit} action={sitePath(visit.site.id, '/settings/policy')} class="card stack">
      <h3>Conflicts and API budget</h3>
      <label>
        When both sides change the same field
        <select name="conflictPolicy">
          {Object.entries(policies).map(([policy, text]) => (
            <option value={policy} selected={policy === conflictPolicy}>
              {text}
            </option>
          ))}
        </select>
        <span class="hint">The value that loses is kept on the record’s page, and can be chosen there.</span>
      </label>
      <label>
        Share of the vendors’ request limits that is used, in per cent
        <input
          name="budgetShare"
          type="number"
          min={5}
          max={100}
          step={1}
          value={Math.round(budgetShare * 100)}
          required
        />
      </label>
      <button>Keep</button>
    </PostForm>
  );
}

/** What keeps a site safe and fresh, and is the same for all. */
function Fixed({ visit }: Pick<Props, 'visit'>) {
  const every = (ms: number) => durationText(ms / 1_000);
  const { pollMs } = visit.ports;
  return (
    <div class="card">
      <h3>Guards and polling</h3>
      <p>
        These are the same for every site. Within 24 hours and of one kind, what goes beyond waits under{' '}
        <a href={sitePath(visit.site.id, '/attention')}>Attention</a> until somebody approves exactly that
        set:
      </p>
      <ul>
        <li>
          links that break: 25 or 5 % of all, whichever is more, and never more than half of four or more
        </li>
        <li>one field blanked, rewritten or moved: 25 or 20 %, whichever is more</li>
        <li>contacts created automatically: 50 or 5 %, whichever is more</li>
      </ul>
      <p>
        Webhooks or not, Desk’s companies are polled every {every(pollMs / 4)}, everything else every{' '}
        {every(pollMs)}, and both sides are compared whole once a day.
      </p>
    </div>
  );
}

function Connection({ visit, hooks }: Pick<Props, 'visit' | 'hooks'>) {
  const { id, url, users, ownerCompanyId, adoptOnly } = visit.site;
  return (
    <>
      <PostForm visit={visit} action={sitePath(id, '/settings/connect')} class="card stack">
        <p>
          {url}, owner company {ownerCompanyId ?? 'not known yet'}; users {users.teamwork ?? 'unknown'} in
          Teamwork.com and {users.desk ?? 'unknown'} in Desk. {hooksLine(hooks)}
        </p>
        <label>
          Address
          <input name="url" placeholder={url} />
        </label>
        <label>
          Teamwork.com API key
          <input name="teamworkToken" type="password" autocomplete="off" placeholder="as it is" />
        </label>
        <label>
          Desk API key
          <input name="deskToken" type="password" autocomplete="off" placeholder="as it is" />
        </label>
        <label>
          The vendor’s own sync
          <select name="vendorSync">
            <option value="">
              as it is: {adoptOnly ? 'it seems to run, records are only linked' : 'off'}
            </option>
            <option value="off">is off: this product writes</option>
            <option value="on">runs: only link records</option>
          </select>
        </label>
        <label class="check">
          <input type="checkbox" name="rotateHookSecrets" />
          Sign the webhooks with new secrets
        </label>
        <div class="row">
          <button>Test and keep</button>
          <button name="testOnly" value="yes">
            Only test, keep nothing
          </button>
        </div>
      </PostForm>
      <PostForm visit={visit} action={sitePath(id, '/settings/disconnect')} class="card">
        <p>
          Disconnecting switches our webhooks off; nothing is read or written any more, nothing is deleted.
        </p>
        <button class="danger">Disconnect</button>
      </PostForm>
    </>
  );
}
