/** One product's API in memory, with the port's own contract and everything that may go wrong on the way. */
import { canonicalEmail } from '../../../src/domain/canonical';
import type { Fields, Kind, Observation, Side } from '../../../src/domain/record';
import type { Permit } from '../../../src/ports/budget';
import type { SideApi, WriteAnswer } from '../../../src/ports/apis';
import { presentAttempt } from '../engine/attempt';
import type { Crashes } from '../engine/crashes';
import { never } from '../engine/ports';
import type { CrashPoint } from '../../support/crash-points';
import type { Random } from '../random';
import type { Besides } from './besides';
import type { CallLog } from './calls';
import { failure, type Faults, type FaultKind } from './faults';
import { changedPage } from './changed-page';
import type { Liar } from './lies';
import { emailsOf, Refusal, type Products } from './products';
import { domainsOf, isShown, withoutNetworks } from './shown';
import { field, keyOfRow, text, users, type Row } from './rows';

export interface SideApiParts {
  readonly products: Products;
  readonly faults: Faults;
  readonly besides: Besides;
  readonly crashes: Crashes;
  readonly liar: Liar;
  readonly random: Random;
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly calls: CallLog[];
  readonly pageSize?: number;
}

/** What looks things up lags behind what was made just now (A26). */
const indexLagMs = 15_000;

type UsedMethods = Omit<SideApi, 'deletions'>;

export function memorySideApi(side: Side, parts: SideApiParts): SideApi {
  const { products, faults, random, clock, calls } = parts;
  const pageSize = parts.pageSize ?? 10;

  /** One call: the way there, what it does, the way back; a fault may end it anywhere. */
  async function call<T>(
    permit: Permit,
    what: CallLog['what'],
    work: (fault: FaultKind | null) => T,
    about: {
      readonly identity?: string;
      readonly record?: string;
      readonly does?: Pick<CrashPoint, 'does' | 'kind'>;
    } = {},
  ): Promise<T> {
    const { identity = null, record = null } = about;
    const effect = about.does === undefined ? null : { side, isLive: false, ...about.does };
    if (effect !== null && parts.crashes.reached(effect, 'before')) await never();
    const log: CallLog = {
      at: clock(),
      side,
      what,
      identity,
      isCreate: what === 'write' && identity !== null,
      record,
      by: presentAttempt(),
      until: Infinity,
      tookEffect: false,
      isLost: false,
      isAnswered: false,
    };
    calls.push(log);
    try {
      return await answered(permit, log, (fault) => {
        const result = work(fault);
        if (effect !== null) parts.crashes.reached(effect, 'after');
        return result;
      });
    } finally {
      log.until = clock();
    }
  }

  async function answered<T>(permit: Permit, log: CallLog, work: (fault: FaultKind | null) => T): Promise<T> {
    const { what } = log;
    await parts.sleep(random.below(300));
    const limitPerMinute = side === 'desk' ? 120 : 150;
    if (faults.revoked[side]) throw failure('auth');
    const sort = what === 'list' || what === 'write' ? what : 'read';
    const fault = faults.draw(sort);
    const isWrite = what === 'write';
    if (fault === 'rate_limited') {
      await permit.answered({ limitPerMinute, remaining: null, waitMs: 5_000, refused: true });
      throw failure('rate_limited', false, 5_000);
    }
    log.isLost = isWrite && fault === 'failed_before';
    if (fault === 'failed_before') throw failure('unavailable', isWrite);
    if (fault === 'forbidden') throw failure('forbidden');
    const result = refusing(() => work(fault));
    log.tookEffect = true;
    log.isLost = isWrite && fault !== null;
    await parts.sleep(random.below(300));
    if (fault === 'failed_after' || fault === 'cut') throw failure('unavailable', isWrite);
    if (fault === 'web_page') throw failure('contract', isWrite);
    await permit.answered({ limitPerMinute, remaining: null, waitMs: null, refused: false });
    log.isAnswered = true;
    return result;
  }

  const used: UsedMethods = {
    side,
    account: (permit) =>
      call(permit, 'account', () => ({ userId: users[side], ownerCompanyId: ownerOf(), mayWrite: true })),

    list: (permit, kind, cursor) =>
      call(permit, 'list', (fault) => {
        const rows = products.live(side, kind);
        const shown = rows.filter((_, at) => isShown(fault, at));
        const after = Number(cursor ?? 0);
        const rest = shown.filter(({ id }) => Number(id) > after).sort((a, b) => Number(a.id) - Number(b.id));
        const page = fault === 'empty_list' ? [] : rest.slice(0, pageSize);
        const isCut = fault === 'empty_list' || fault === 'short_list' || fault === 'shrunken_list';
        const isLast = isCut || rest.length <= pageSize;
        const total = shown.length;
        const seen = page.map((row) => observe(row, permit));
        const isSparse =
          fault === 'partial_list' || (side === 'teamwork' && kind === 'customer' && faults.isSparse());
        return parts.liar.page(side, kind, cursor, {
          observations: isSparse ? seen.map(withoutNetworks) : seen,
          next: isLast ? null : (page.at(-1)?.id ?? null),
          total: fault === 'empty_list' ? 0 : total,
          unreadable: [],
        });
      }),

    changes: (permit, kind, since, cursor) =>
      call(permit, 'changes', () => {
        const rows = products.live(side, kind).filter(isIndexed);
        const { page, ...told } = changedPage(rows, { since, cursor, pageSize });
        return { ...told, observations: page.map((row) => observe(row, permit)) };
      }),

    read: (permit, kind, id) =>
      call(
        permit,
        'read',
        (fault) => {
          const row = products.get(side, kind, id);
          const shown = row && fault === 'stale_read' ? (products.getAsOf(row, clock() - 2_000) ?? row) : row;
          if (shown === undefined || shown.deleted) throw failure('gone');
          return observe(shown, permit);
        },
        { record: keyOfRow({ side, kind, id }) },
      ),

    create: (permit, kind, values) =>
      call(permit, 'write', () => answer(products.create('engine', side, kind, values), kind, permit), {
        identity: `${kind} ${canonicalEmail(text(values.name ?? values.email))}`,
        does: { does: 'create', kind },
      }),

    needsPreparing: (kind, _, { avatar }) => isUploading(kind, avatar),
    prepare: (permit, kind) =>
      call(permit, 'prepare', () => ({ pictureRef: 'uploaded' }), { does: { does: 'prepare', kind } }),

    update: (permit, kind, id, values) =>
      call(
        permit,
        'write',
        () => {
          const row = products.get(side, kind, id);
          if (row === undefined || row.deleted) throw failure('gone');
          parts.besides.at('before', row, values);
          const after = products.update('engine', row, values);
          parts.besides.at('after', row, values);
          return answer(after, kind, permit);
        },
        { record: keyOfRow({ side, kind, id }), does: { does: 'update', kind } },
      ),

    find: (permit, kind, identity) =>
      call(
        permit,
        'find',
        () => {
          const same = (row: Row) =>
            kind === 'company'
              ? field(row, 'name').trim().toLowerCase() === identity.trim().toLowerCase()
              : (side === 'desk' ? emailsOf(row) : [field(row, 'email')]).some(
                  (email) => canonicalEmail(email) === canonicalEmail(identity),
                );
          return products
            .live(side, kind)
            .filter(same)
            .filter(isIndexed)
            .map((row) => observe(row, permit));
        },
        { identity: `${kind} ${canonicalEmail(identity)}` },
      ),
  };
  return Object.assign({} as SideApi, used);

  /** Teamwork.com takes a picture by the reference of its upload. */
  function isUploading(kind: Kind, avatar: Fields['avatar']): boolean {
    return side === 'teamwork' && kind === 'customer' && text(avatar) !== '';
  }

  function isIndexed(row: Row): boolean {
    return products.getAsOf(row, clock() - indexLagMs) !== undefined;
  }

  function ownerOf(): string | null {
    const owner = products.live('teamwork', 'company').find(({ scope }) => scope === 'owner');
    return side === 'teamwork' ? (owner?.id ?? null) : null;
  }

  /** Teamwork.com's v1 writes answer no record. */
  function answer(row: Row, kind: Kind, permit: Permit): WriteAnswer {
    const answersNone = side === 'teamwork' && kind === 'customer';
    return { id: row.id, observation: answersNone ? null : observe(row, permit) };
  }

  function observe(row: Row, { grantedAt }: Permit): Observation {
    const { kind, id, fields, scope, signsIn, deleted, createdAt, updatedAt, createdBy, updatedBy } = row;
    const origin = side === 'teamwork' ? 'teamwork' : 'desk';
    const times = { createdAt, updatedAt, createdBy, updatedBy, readAt: grantedAt };
    return {
      side,
      kind,
      id,
      fields,
      scope,
      signsIn,
      domains: domainsOf(row),
      deleted,
      origin,
      ...times,
    };
  }
}

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.why === 'taken') throw failure('conflict');
    throw failure(error.why === 'gone' ? 'gone' : 'invalid');
  }
}
