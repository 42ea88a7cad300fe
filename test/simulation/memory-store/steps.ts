/** Begins a step: everything it was decided on is checked, and the intent stored, before the call (R15). */
import { otherSide, type Kind, type Side } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { LinkStore, StepStart } from '../../../src/ports/links';
import { emailKey, isDomainKey, nameKey } from '../../../src/store/match-keys';
import type { Ref } from '../../../src/store/record-rows';
import type { PlannedStep } from '../../../src/store/tables';
import { linkByNumber, linkHolding, openIntentOf, putIntent, refsOf } from './link-rows';
import { plusMs, type IntentRow, type Memory, type PlanRow, type SiteRows } from './memory';
import { recordRow } from './mirror';
import { transactions } from './transactions';

/** An intent that nobody called unknown may still be on its way for as long as an activity lives. */
const longestStepMs = 300_000;

type Refusal = Extract<StepStart, { refused: string }>['refused'];

export function stepMethods(
  memory: Memory,
  { settleMs }: { readonly settleMs: number },
): Pick<LinkStore, 'beginStep'> {
  return transactions<Pick<LinkStore, 'beginStep'>>({
    beginStep(site, planId, index) {
      const rows = memory.of(site);
      const { frozen, paused } = rows.site;
      if (frozen !== null) return { refused: 'frozen' };
      if (paused.site) return { refused: 'paused' };
      const plan = [...rows.plans.values()].find(({ id }) => id === planId);
      const step = plan?.steps[index];
      if (plan === undefined || step === undefined) {
        return { refused: isDone(rows, planId, index) ? 'already_done' : 'stale' };
      }
      const link = linkByNumber(rows, plan.link);
      if (link?.number !== plan.link) return { refused: 'stale' };
      const refused = refusal(rows, link, plan, index, step);
      if (refused !== null) return { refused };
      const keys = identityKeys(rows, link, step);
      const source = refsOf(link.ids).filter(({ side }) => side !== step.side);
      if (step.action === 'create' && source.some((ref) => isAwaited(rows, link.kind, ref))) {
        return { refused: 'identity_claimed' };
      }
      if (keys.some((key) => rows.claims.has(`${link.kind} ${key}`))) return { refused: 'identity_claimed' };
      if (step.action === 'create' && isNews(rows, link.kind, step.side, keys, plan.known)) {
        return { refused: 'stale' };
      }
      const intent = memory.nextId();
      const sentAt = memory.now();
      for (const key of keys) rows.claims.set(`${link.kind} ${key}`, intent);
      putIntent(rows, {
        id: intent,
        link: link.number,
        kind: link.kind,
        plan: planId,
        step: index,
        side: step.side,
        action: step.action,
        sent: step.values,
        sourceBase: step.sourceBase,
        base: null,
        run: plan.run,
        state: 'sent',
        incarnation: link.incarnation,
        sentAt,
        settlesAt: plusMs(sentAt, longestStepMs + settleMs),
        closedAt: null,
        refusal: null,
        retryAt: null,
      });
      const { side, action, values, sourceBase } = step;
      return {
        intent,
        kind: link.kind,
        link: link.number,
        step: { side, action, values, sourceBase },
        targetId: action === 'create' ? null : link.ids[side],
        before: step.before,
        base: action === 'create' ? {} : link.bases[side],
      };
    },
  });
}

function refusal(
  rows: SiteRows,
  link: Link,
  plan: PlanRow,
  index: number,
  step: PlannedStep,
): Refusal | null {
  if (isDone(rows, plan.id, index)) return 'already_done';
  if (openIntentOf(rows, link.number) !== null) return 'intent_open';
  if (link.paused || rows.site.paused.kinds.includes(link.kind)) return 'paused';
  if (link.version !== plan.version || !holds(rows, link, step)) return 'stale';
  const created = [...rows.intents.values()].some(
    (intent) =>
      intent.link === link.number &&
      intent.incarnation === link.incarnation &&
      intent.action === 'create' &&
      intent.state === 'confirmed',
  );
  if (step.action === 'create' && created) throw new Error(`intents_one_create_per_link: ${link.number}.`);
  return null;
}

/** Whether the record may be what a create that is still open has made: until its outcome is known it is nobody else's. */
export function isAwaited(rows: SiteRows, kind: Kind, ref: Ref): boolean {
  const row = recordRow(rows, kind, ref);
  if (row === null) return false;
  const { firstSeenAt, createdBy } = row.record;
  const isSeenSince = (intent: IntentRow | undefined) =>
    intent?.action === 'create' && intent.side === ref.side && firstSeenAt > intent.sentAt;
  if (createdBy !== null && createdBy === rows.site.users[ref.side]) {
    const open = [...rows.openIntents.values()].map((id) => rows.intents.get(id));
    if (open.some((intent) => intent?.kind === kind && isSeenSince(intent))) return true;
  }
  return row.keys.some(
    ({ field, key }) =>
      (field === 'name' || field === 'domains' || field === 'email') &&
      isSeenSince(rows.intents.get(rows.claims.get(`${kind} ${key}`) ?? '')),
  );
}

function isDone(rows: SiteRows, planId: string, index: number): boolean {
  return [...rows.intents.values()].some(
    (intent) => intent.plan === planId && intent.step === index && intent.state === 'confirmed',
  );
}

/** Whether the records still say what the step was decided on, and its company is still that of a linked pair (R16). */
function holds(rows: SiteRows, link: Link, step: PlannedStep): boolean {
  if ((step.action === 'create') !== (link.ids[step.side] === null)) return false;
  const moved = refsOf(link.ids).some((ref) => {
    const row = recordRow(rows, link.kind, ref);
    return row !== null && (!row.decided || row.record.presence === 'gone');
  });
  if (moved) return false;
  const { company } = step.values;
  if (typeof company !== 'string' || company === '') return true;
  return linkHolding(rows, 'company', { side: step.side, id: company })?.phase === 'active';
}

/** The identity that a write gives; a create gives also what its source record is matched by. */
function identityKeys(rows: SiteRows, link: Link, { side, action, values }: PlannedStep): string[] {
  const { name, email } = values;
  const keys = new Set<string>();
  if (link.kind === 'company' && typeof name === 'string') keys.add(nameKey(name));
  if (link.kind === 'customer' && typeof email === 'string') keys.add(emailKey(email));
  const source = otherSide(side);
  const id = link.ids[source];
  const row = id === null ? null : recordRow(rows, link.kind, { side: source, id });
  if (action === 'create') {
    for (const { field, key } of row?.keys ?? []) {
      if (field === 'name' || field === 'domains' || field === 'email') keys.add(key);
    }
  }
  keys.delete('');
  return [...keys];
}

/** Whether the target side has a record with one of the keys that the decision to create did not know of. */
function isNews(
  rows: SiteRows,
  kind: Kind,
  target: Side,
  keys: readonly string[],
  known: readonly string[],
): boolean {
  return keys.some((key) => {
    const carriers = rows.records
      .withKey(kind, key)
      .map(({ record }) => record)
      .filter(({ presence, deleted }) => presence !== 'gone' && !deleted);
    const onTarget = carriers.filter(({ side }) => side === target);
    const tells = !isDomainKey(key) || (onTarget.length < 2 && carriers.length - onTarget.length < 2);
    return tells && onTarget.some(({ id }) => !known.includes(id));
  });
}
