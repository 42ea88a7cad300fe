/** I9, R26: what breaks by itself within a day is less than half of the links, and never more than the larger of 25 and 5 %. */
import type { Kind } from '../../../src/domain/record';
import type { JournalEntry } from '../../../src/ports/reads';
import type { Site } from '../engine/site';

const dayMs = 24 * 3_600_000;
const leastBreaks = 25;

type Entries = readonly Pick<JournalEntry, 'at' | 'event' | 'link' | 'detail'>[];

export function massChange({ rows }: Pick<Site, 'rows'>): string[] {
  return tooManyBreaks(rows.journal, (link) => rows.links.get(link)?.link.kind ?? 'company');
}

/** The journal, read from its begin: which links were active at each break, and how many had broken before. */
export function tooManyBreaks(entries: Entries, kindOf: (link: number) => Kind): string[] {
  const active = new Set<number>();
  const approved = new Set<number>();
  const broken: { readonly at: number; readonly kind: Kind; readonly link: number }[] = [];
  return entries.flatMap(({ at, event, link, detail }) => {
    if (event === 'linked' || event === 'relinked' || event === 'created' || makes(event, detail))
      active.add(link);
    if (event === 'merged' && typeof detail.into === 'number' && active.delete(link)) active.add(detail.into);
    if (event === 'unlinked') active.delete(link);
    if (event === 'approved') approved.add(link);
    if (event !== 'broken' || !active.delete(link)) return [];
    // R26: what an operator did is not counted.
    if (detail.reason === 'unlinked_by_operator') return [];
    // A company with the people its deletion took is one break; what an operator let pass is not counted.
    if (typeof detail.causeLink === 'number' || approved.delete(link)) return [];
    const [kind, time] = [kindOf(link), Date.parse(at)];
    // What was joined again and breaks once more is the same one link.
    if (broken.some((one) => one.link === link && one.at > time - dayMs)) return [];
    broken.push({ at: time, kind, link });
    const passed = broken.filter((one) => one.kind === kind && one.at > time - dayMs).length;
    const left = [...active].filter((number) => kindOf(number) === kind).length;
    const before = left + passed;
    const most = Math.min(
      Math.max(leastBreaks, Math.floor(before / 20)),
      before >= 4 ? Math.floor(before / 2) : Infinity,
    );
    return passed > most ? [`I9: ${passed} of ${before} ${kind} links broke within a day, by ${at}`] : [];
  });
}

function makes(event: JournalEntry['event'], detail: JournalEntry['detail']): boolean {
  return event === 'adopted' && detail.action === 'create';
}
