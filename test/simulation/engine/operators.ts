/** The operators of a site: what they asked for, in the face of what, and what came of it. To the oracle it is their word. */
import type { Link } from '../../../src/domain/link';
import type { Kind, Side } from '../../../src/domain/record';
import type { RecordView } from '../../../src/domain/plan';
import type { HoldAnswer } from '../../../src/ports/holds';
import type { Operation, OperationResult, OperationStore } from '../../../src/ports/operations';
import { linkByNumber } from '../memory-store/link-rows';
import { recordRow } from '../memory-store/mirror';
import { siteId, type Site } from './site';

/** One action on a link, as it was carried out. */
export interface Act {
  readonly at: number;
  /** The operation's own id, which the journal tells. */
  readonly id: string;
  readonly operation: Operation;
  /** The link as it was before, and its records as they were last read; null where there is none. */
  readonly link: Link | null;
  readonly records: Readonly<Record<Side, RecordView | null>>;
  readonly candidates: readonly string[];
  readonly result: OperationResult;
}

export interface Pause {
  readonly scope: 'site' | Kind | { readonly link: number };
  readonly from: number;
  /** Infinity while it lasts. */
  to: number;
}

export type Verdict = 'approve' | 'reject';

/** One answer to a mass change. */
export interface HoldAct {
  readonly at: number;
  readonly hold: number;
  readonly verdict: Verdict;
  /** Who waited in it, and for what exactly, when the operator looked at it. */
  readonly seen: ReadonlyMap<number, string>;
  /** The same when the answer came. */
  readonly was: ReadonlyMap<number, string>;
  readonly answer: HoldAnswer;
}

export class Operators {
  readonly acts: Act[] = [];
  readonly holdActs: HoldAct[] = [];
  /** When the earlier and the excluded customers of the site were included (R7). */
  readonly inclusions: number[] = [];

  constructor(
    private readonly site: Site,
    private readonly operations: OperationStore,
  ) {}

  /** The store's operations, each noted when it is carried out; what comes a second time is no second one. */
  get noting(): OperationStore {
    return {
      ...this.operations,
      operate: async (site, number, operation, id) => {
        const { rows, time } = this.site;
        const link = linkByNumber(rows, number);
        const read = (side: Side): RecordView | null => {
          const id = link?.ids[side] ?? null;
          return link === null || id === null
            ? null
            : (recordRow(rows, link.kind, { side, id })?.record ?? null);
        };
        const records = { teamwork: read('teamwork'), desk: read('desk') };
        const candidates = rows.questions.get(link?.number ?? 0) ?? [];
        const result = await this.operations.operate(site, number, operation, id);
        const isSecond = this.acts.some((act) => act.id === id && act.result.done);
        if (!isSecond) this.acts.push({ at: time.now, id, operation, link, records, candidates, result });
        return result;
      },
    };
  }

  async operate(link: Link, operation: Operation): Promise<OperationResult> {
    const { marks, pauses, time } = this.site;
    const result = (await this.site.askEntity(link.number, link.kind, operation)) as OperationResult;
    marks.add(`${result.done ? 'operator' : 'refused'}:${nameOf(operation, link)}`);
    if (!result.done) marks.add(`refused:${result.why}`);
    if (result.done && result.people > 0) marks.add('operator:with_people');
    if (result.done && operation.verb === 'pause') {
      const scope: { readonly link: number } = { link: result.link };
      pauses.push({ scope, from: time.now, to: Infinity });
    }
    return result;
  }

  async pause(link: Link, forMs: number): Promise<void> {
    const paused = await this.operate(link, { verb: 'pause' });
    if (!paused.done) return;
    await this.site.time.sleep(forMs);
    await this.resume(link);
  }

  /** The pause is over for the oracle once somebody asks for that, with those that were merged into it meanwhile. */
  async resume(link: Link): Promise<void> {
    const asked = this.site.time.now;
    this.endPauses(link, asked);
    await this.operate(link, { verb: 'resume' });
    this.endPauses(link, asked);
  }

  private endPauses({ number }: Link, at: number): void {
    const { pauses, rows } = this.site;
    const present = (of: number) => linkByNumber(rows, of)?.number;
    for (const pause of pauses) {
      if (typeof pause.scope !== 'object' || pause.from > at) continue;
      if (present(pause.scope.link) === present(number)) pause.to = Math.min(pause.to, at);
    }
  }

  /** Looks at a hold, thinks, and answers what was looked at. */
  async answerHold(hold: number, verdict: Verdict, thinkMs: number): Promise<void> {
    const { rows, store, marks, time } = this.site;
    const looked = rows.guard.holds.get(hold);
    if (looked === undefined) return;
    const [seen, version] = [new Map(looked.members), looked.version];
    await time.sleep(thinkMs);
    const was = new Map(looked.members);
    const answer = await store[verdict === 'approve' ? 'approveHold' : 'rejectHold'](siteId, hold, version);
    this.holdActs.push({ at: time.now, hold, verdict, seen, was, answer });
    marks.add('done' in answer ? `operator:${verdict}` : `refused:${verdict}`);
  }

  async includeEarlier(): Promise<void> {
    this.inclusions.push(this.site.time.now);
    const included = await this.operations.askForExcluded(siteId);
    if (included > 0) this.site.marks.add('operator:include_earlier');
  }
}

/** As operators call it. */
function nameOf(operation: Operation, { kind }: Link): string {
  if (operation.verb === 'answer') return operation.verdict;
  if (operation.verb !== 'ask') return operation.verb;
  return kind === 'company' ? 'add_as_client' : 'create_contact';
}
