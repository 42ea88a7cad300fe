/** The domains of a company: additive upserts through `included.domains`, each domain in one company only. */
import { newDeskDomain } from '../desk-defaults';
import type { DeskCompany, DeskDomain } from '../desk-records';
import type { World } from '../world';
import { folded } from '../world';
import { dropCustomers, pullCustomers } from './domain-matching';
import { invalidField } from './errors';
import { deletion, isActive } from './rows';
import type { Writer } from './writer';
import { edited } from './writer';
import type { WrittenItem } from './written-values';
import { isDomain, textAt } from './written-values';

export interface DomainDraft {
  /** Null until the row exists. */
  readonly row: DeskDomain | null;
  readonly name: string;
  readonly removed: boolean;
}

/** What a write does to the domains of a company; throws a 400 at a malformed, unknown or taken one. */
export function draftDomains(
  world: World,
  company: DeskCompany | null,
  items: readonly WrittenItem[],
): DomainDraft[] {
  const drafts: DomainDraft[] = [];
  for (const { place, values, id, remove } of items) {
    const written = textAt(values, 'name', `${place}.name`)?.trim();
    const row = id === null ? liveDomain(world, written ?? '') : world.tables.deskDomains.get(id);
    const mine = row && isActive(row) && row.companyId === company?.id ? row : null;
    if (id !== null && !mine) throw invalidField(`${place}.id`, 'is not a domain of this company');
    if (remove) {
      if (mine) drafts.push({ row: mine, name: mine.name, removed: true });
      continue;
    }
    const name = written ?? mine?.name ?? '';
    if (name === '') throw invalidField(`${place}.name`, 'must be set');
    if (!isDomain(name)) throw invalidField(`${place}.name`, 'must be a valid domain');
    const holder = liveDomain(world, name);
    if (holder && holder.id !== mine?.id) throw invalidField(`${place}.name`, 'is already in use');
    if (!drafts.some((draft) => folded(draft.name) === folded(name))) {
      drafts.push({ row: mine, name, removed: false });
    }
  }
  return drafts;
}

function liveDomain(world: World, name: string): DeskDomain | undefined {
  return world.tables.deskDomains.by('name', folded(name)).find(isActive);
}

/** Writes the drafts; customers without a company follow a new domain, those it brought leave with a removed one. */
export function saveDomains(writer: Writer, company: DeskCompany, drafts: readonly DomainDraft[]): void {
  const { world, author, deskUserId } = writer;
  const { deskDomains } = world.tables;
  const added: string[] = [];
  for (const { row, name, removed } of drafts) {
    if (row && (removed || row.name !== name)) {
      if (removed) deskDomains.update(row.id, deletion(world.now(), deskUserId), author, 'deleted');
      else deskDomains.update(row.id, { name, ...edited(writer) }, author);
      dropCustomers(writer, row);
    }
    if (!row)
      deskDomains.insert({ ...newDeskDomain(world.now(), deskUserId), name, companyId: company.id }, author);
    if (!removed && row?.name !== name) added.push(name);
  }
  pullCustomers(writer, company, added);
}
