/** Pairs and people that operations are about. */
import type { Fields, Kind, Side } from '../../../src/domain/record';
import type { Site } from '../engine/site';
import type { Row } from '../products/rows';

/** Linked pairs of which both records are there. */
export function linked({ rows, products }: Site, kind: Kind): Readonly<Record<Side, Row>>[] {
  return [...rows.links.values()].flatMap(({ link }) => {
    if (link.kind !== kind || link.phase !== 'active') return [];
    const teamwork = products.get('teamwork', kind, link.ids.teamwork ?? '');
    const desk = products.get('desk', kind, link.ids.desk ?? '');
    return teamwork === undefined || desk === undefined || teamwork.deleted || desk.deleted
      ? []
      : [{ teamwork, desk }];
  });
}

export function people(n: number): Fields {
  return {
    firstName: `Ann ${n % 300}`,
    lastName: `Ba ${n % 300}`,
    email: `ann${n % 300}@box${n % 500}.test`,
  };
}
