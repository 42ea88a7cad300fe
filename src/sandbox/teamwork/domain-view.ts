/** A domain of a company as v3 answers it. */
import type { JsonObject } from '../bodies';
import type { TeamworkDomain } from '../teamwork-records';
import { relation } from './relation';

export function domainV3(row: TeamworkDomain): JsonObject {
  return {
    id: row.id,
    companyId: row.companyId,
    domain: row.domain,
    state: row.state,
    createdAt: row.createdAt,
    createdByUser: relation(row.createdBy, 'users'),
    updatedAt: row.updatedAt,
    updatedByUser: relation(row.updatedBy, 'users'),
    deletedAt: row.deletedAt,
    deletedByUser: relation(row.deletedBy, 'users'),
  };
}
