/** I11: the order in which the engine hears of things, and whether it does, decides nothing. */
import { kinds, sides, type Kind, type Side } from '../../../src/domain/record';
import type { Site } from '../engine/site';
import { field, texts, type Row } from '../products/rows';
import { plain } from './same';

/** What both sides hold and what is linked with what, without the ids and times that another order gives. */
export function finalState({ products, rows }: Pick<Site, 'products' | 'rows'>): string {
  const named = (side: Side, kind: Kind, id: string | null) => {
    const row = id === null ? undefined : products.get(side, kind, id);
    return row === undefined ? '-' : nameOf(row);
  };
  const records = sides.flatMap((side) =>
    kinds.flatMap((kind) =>
      products.live(side, kind).map((row) => {
        const { company: _, alternativeEmails, ...values } = row.fields;
        const told = Object.entries(values).map(([name, value]) => `${name}=${plain(name, value)}`);
        const company = named(side, 'company', field(row, 'company'));
        return `${side} ${kind} ${told.join(' ')} in ${company} also ${plain('emails', texts(alternativeEmails))}`;
      }),
    ),
  );
  const pairs = [...rows.links.values()].flatMap(({ link: { phase, kind, ids } }) =>
    phase === 'active'
      ? [`${kind} ${named('teamwork', kind, ids.teamwork)} with ${named('desk', kind, ids.desk)}`]
      : [],
  );
  return [...records.sort(), ...pairs.sort()].join('\n');
}

function nameOf(row: Row): string {
  return plain('email', row.kind === 'company' ? field(row, 'name') : field(row, 'email'));
}

export function orderFree(ends: readonly string[]): string[] {
  const [first = '', ...others] = ends;
  return others.flatMap((other, index) => {
    if (other === first) return [];
    const [one, two] = [first.split('\n'), other.split('\n')];
    const only = (of: readonly string[], without: readonly string[]) =>
      of.filter((line) => !without.includes(line));
    return [
      `I11: told as way ${index + 2} it ends in ${JSON.stringify(only(two, one))}, else in ${JSON.stringify(only(one, two))}`,
    ];
  });
}
