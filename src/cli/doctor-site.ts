/** What `doctor` looks at of one site: its credentials by real calls, its budgets, and what holds it back. */
import { permitsOf } from '../check-permits';
import { checkSide, type Checked } from '../connect-checks';
import { seemsToRun, vendorSyncSigns, type VendorSyncSigns } from '../vendor-sync-signs';
import { sides, type Side } from '../domain/record';
import type { SideHooks } from '../ports/hooks';
import type { KeyStanding } from '../ports/keys';
import type { Site } from '../ports/sites';
import type { Finding } from './doctor';
import { freshnessClause, isStretched, secondsSince } from '../wording/freshness-text';
import { hooksClause, hooksWord } from '../wording/hooks-text';
import type { Freshness } from '../ports/watch';
import type { StoreParts } from '../engine-parts';
import { countText, numberText, productOf, timeText } from '../wording/words';

export async function diagnoseSite(parts: StoreParts, site: Site): Promise<Finding[]> {
  const [credentials, budgets, run, hooks, freshness, keys] = await Promise.all([
    Promise.all(sides.map((side) => checkCredential(parts, site, side))),
    parts.reads.budgets(site.id),
    parts.store.latestRun(site.id, 'sync', 'finished'),
    parts.store.siteHooks(site.id),
    parts.reads.freshness(site.id),
    parts.keys.keyStanding(site.id),
  ]);
  const checkedOf = (of: Side) => credentials.find(({ side }) => side === of)?.checked ?? null;
  const [teamwork, desk] = [checkedOf('teamwork'), checkedOf('desk')];
  const signs =
    teamwork === null || desk === null
      ? null
      : await vendorSyncSigns(parts.store, site.id, { teamwork, desk });
  const about = (what: string, finding: Omit<Finding, 'part'>): Finding => ({
    part: `${site.id}: ${what}`,
    ...finding,
  });
  return [
    ...credentials.map(({ side, finding }) => about(productOf[side], finding)),
    about('encryption key', encryptionKey(keys)),
    about('budget', {
      state: 'ok',
      detail: sides
        .map(
          (side) =>
            `${productOf[side]} ${numberText(budgets[side].usedLastMinute)} of ${numberText(budgets[side].limitPerMinute)} a minute`,
        )
        .join(', '),
      action: null,
    }),
    about('state', standing(site)),
    ...sides.map((side) => about(`webhooks of ${productOf[side]}`, webhooks(hooks[side]))),
    ...sides.map((side) => about(`polling of ${productOf[side]}`, polling(site, freshness[side]))),
    about("vendor's own sync", vendorSync(site, signs)),
    about(
      'InitialSync',
      run === null
        ? {
            state: 'warning',
            detail: 'none has finished yet',
            action: '`sync status` shows where it is, `sync start` starts it.',
          }
        : { state: 'ok', detail: `finished ${timeText(run.finishedAt ?? '')} (UTC)`, action: null },
    ),
  ];
}

function encryptionKey({ newest, former, missing }: KeyStanding): Omit<Finding, 'part'> {
  if (missing.length > 0) {
    const detail = `key ${missing.join(', ')} is missing: what lies under it cannot be read`;
    return { state: 'wrong', detail, action: 'Add it to ENCRYPTION_KEY, or connect the site again.' };
  }
  if (former.length === 0) return { state: 'ok', detail: `all is under key ${newest}`, action: null };
  const detail = `something is still under key ${former.join(', ')}, not under ${newest}`;
  return { state: 'warning', detail, action: '`re-encrypt` puts all of it under the newest key.' };
}

/** Polls are a minute apart unless configured otherwise. */
const staleAfterSeconds = 3_600;

function polling(site: Site, freshness: Freshness): Omit<Finding, 'part'> {
  const detail = freshnessClause(freshness);
  const { changes, polled } = freshness;
  const isStale = changes !== null && secondsSince(changes) > staleAfterSeconds;
  if (site.frozen !== null || site.paused.site) return { state: 'ok', detail, action: null };
  if (isStale) return { state: 'warning', detail, action: 'Polling stands still: see that a worker runs.' };
  if (polled === null || !isStretched(polled)) return { state: 'ok', detail, action: null };
  return {
    state: 'warning',
    detail,
    action: 'The workers poll more sites than they carry so often: start another, or raise POLLS_PER_SECOND.',
  };
}

async function checkCredential({ store, budget, apis }: StoreParts, site: Site, side: Side) {
  const credentials = await store
    .credentials(site.id)
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  if (credentials instanceof Error) {
    return {
      side,
      checked: null,
      finding: { state: 'wrong', detail: credentials.message, action: null } as const,
    };
  }
  const access = { url: site.url, credentials, ownerCompanyId: null };
  const checked = await checkSide(
    side,
    () => apis.withAccess(access, side),
    permitsOf(budget, site.id, side),
  );
  if ('problem' in checked) {
    return {
      side,
      checked: null,
      finding: { state: 'wrong', detail: checked.problem, action: 'With a new key: `connect`.' } as const,
    };
  }
  const finding =
    (await other(site, side, checked)) ??
    ({
      state: 'ok',
      detail: 'the credential works and has the rights that are needed',
      action: null,
    } as const);
  return { side, checked, finding };
}

/** R29: what answers now is not what was connected. */
async function other(site: Site, side: Side, checked: Checked) {
  const { ownerCompanyId, userId } = checked;
  const action = 'Connect the right credential, or this account under a name of its own.';
  if (side === 'teamwork' && site.ownerCompanyId !== null && ownerCompanyId !== site.ownerCompanyId) {
    const detail = `another account answers: its owner company is ${ownerCompanyId ?? 'not shown'}, not ${site.ownerCompanyId}`;
    return { state: 'wrong', detail, action } as const;
  }
  if (side === 'desk' && site.deskPins.length > 0 && (await checked.holds(site.deskPins)) === false) {
    const detail = 'another account answers: none of the records first seen is there';
    return { state: 'wrong', detail, action } as const;
  }
  const user = site.users[side];
  if (user === null || user === userId) return null;
  return {
    state: 'warning',
    detail: `the credential is now that of user ${userId}, not of ${user}`,
    action: '`connect` takes it over.',
  } as const;
}

function standing({ frozen, paused }: Site): Omit<Finding, 'part'> {
  if (frozen !== null) return { state: 'wrong', detail: `frozen: ${frozen}`, action: null };
  const kinds = paused.site ? ['everything'] : paused.kinds;
  if (kinds.length === 0) return { state: 'ok', detail: 'neither frozen nor paused', action: null };
  return {
    state: 'warning',
    detail: `an operator paused ${kinds.join(' and ')}`,
    action: 'An operator resumes it.',
  };
}

function webhooks(hooks: SideHooks): Omit<Finding, 'part'> {
  const isOn = hooksWord(hooks) === 'on' && hooks.problem === null;
  const detail = isOn ? 'on' : `${hooksClause(hooks)}: changes are found by polling`;
  const action =
    hooks.problem === 'no_public_url' ? 'Set PUBLIC_URL, then `connect`.' : '`connect` registers them again.';
  return { state: isOn ? 'ok' : 'warning', detail, action: isOn ? null : action };
}

function vendorSync(site: Site, signs: VendorSyncSigns | null): Omit<Finding, 'part'> {
  const seen = signs === null ? 'not looked for' : signsText(signs);
  if (site.adoptOnly) {
    return {
      state: 'warning',
      detail: `it seems to run (${seen}): records are only linked`,
      action: 'Switch it off in Desk, then `connect --vendor-sync off`.',
    };
  }
  if (signs === null || !seemsToRun(signs)) return { state: 'ok', detail: seen, action: null };
  return {
    state: 'warning',
    detail: `${seen}, and both may write`,
    action: 'If it runs: `connect --vendor-sync on`; only one of the two may create.',
  };
}

function signsText({ tied, repeated }: VendorSyncSigns): string {
  const told = [
    ...(tied === 0
      ? []
      : [`${countText(tied, 'company', 'companies')} with a domain that Desk ties to Teamwork.com`]),
    ...(repeated === 0
      ? []
      : [
          `${countText(repeated, 'record', 'records')} of the last week that repeat the other side's within seconds, not by us`,
        ]),
  ];
  return told.length === 0 ? 'no sign of it' : told.join(', ');
}
