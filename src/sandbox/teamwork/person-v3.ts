/** A person as v3 answers it: no phones, alternative emails, notes or social links. */
import type { JsonObject } from '../bodies';
import type { TeamworkPerson } from '../teamwork-records';
import { pictureUrl } from './company-views';
import { relation } from './relation';

const HOURS_A_DAY = 8;

export function personV3(row: TeamworkPerson, origin: string): JsonObject {
  return {
    id: row.id,
    firstName: row.firstName,
    lastName: row.lastName,
    email: row.email,
    title: row.title,
    type: row.type,
    companyId: row.companyId,
    company: relation(row.companyId, 'companies'),
    companyRoleId: null,
    avatarUrl: pictureUrl(row.avatarUrl, origin),
    isAdmin: row.isAdmin,
    isClientUser: row.isClientUser,
    isServiceAccount: row.isServiceAccount,
    isPlaceholderResource: row.isPlaceholder,
    deleted: row.deleted,
    timezone: 'Etc/UTC',
    lastLogin: row.lastLogin,
    canAddProjects: row.isAdmin,
    lengthOfDay: HOURS_A_DAY,
    userRate: null,
    userCost: null,
    workingHoursId: null,
    workingHour: null,
    teams: [],
    jobRoles: [],
    skills: [],
    createdAt: row.createdAt,
    createdBy: relation(row.createdBy, 'users'),
    updatedAt: row.updatedAt,
    updatedBy: relation(row.updatedBy, 'users'),
    meta: null,
  };
}
