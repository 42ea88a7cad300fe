/** A person as v1 answers it: text ids, '' for what is unset, some keys in lists only, some on the single page only. */
import type { JsonObject } from '../bodies';
import type { TeamworkPerson } from '../teamwork-records';
import type { World } from '../world';
import { pictureUrl } from './company-views';
import { countryName } from './countries';

export function fullName(row: TeamworkPerson): string {
  return `${row.firstName} ${row.lastName}`.trim();
}

/** The user who owns the installation: the first administrator of the owner company. */
export function isSiteOwner(world: World, row: TeamworkPerson): boolean {
  return world.tables.tokenUsers.get(1)?.teamworkUserId === row.id;
}

export function isInOwnerCompany(world: World, row: TeamworkPerson): boolean {
  return world.tables.teamworkCompanies.get(row.companyId)?.isOwner ?? false;
}

function isInvited(row: TeamworkPerson): boolean {
  return row.type !== 'contact' && row.lastLogin === null;
}

function common(world: World, row: TeamworkPerson, origin: string): JsonObject {
  return {
    id: String(row.id),
    'first-name': row.firstName,
    'last-name': row.lastName,
    'email-address': row.email,
    'email-alt-1': row.emailAlt1,
    'email-alt-2': row.emailAlt2,
    'email-alt-3': row.emailAlt3,
    'user-name': row.userName,
    'user-type': row.type,
    title: row.title,
    'company-id': String(row.companyId),
    companyId: String(row.companyId),
    'company-name': world.tables.teamworkCompanies.get(row.companyId)?.name ?? '',
    administrator: row.isAdmin,
    'site-owner': isSiteOwner(world, row),
    isClientUser: row.isClientUser,
    isServiceAccount: row.isServiceAccount,
    deleted: row.deleted,
    'avatar-url': pictureUrl(row.avatarUrl, origin),
    'phone-number-office': row.phoneOffice,
    'phone-number-office-ext': row.phoneOfficeExt,
    'phone-number-mobile': row.phoneMobile,
    'phone-number-mobile-parts': {
      countryCode: row.phoneMobileCountryCode,
      prefix: row.phoneMobilePrefix,
      phone: row.phoneMobile,
    },
    'phone-number-home': row.phoneHome,
    'phone-number-fax': row.phoneFax,
    address: { ...row.address, country: countryName(row.address.countrycode) },
    profile: row.profile,
    'profile-text': row.profile,
    notes: '',
    twitter: row.twitter,
    'im-service': row.imService,
    'im-handle': row.imHandle,
    openId: row.openId,
    tags: [],
    pid: '',
    userUUID: '',
    twoFactorAuthEnabled: false,
    'has-access-to-new-projects': false,
    permissions: { 'can-add-projects': row.isAdmin, 'can-manage-people': row.isAdmin },
    'user-invited': isInvited(row) ? '2' : '0',
    'user-invited-status': isInvited(row) ? 'PENDING' : 'COMPLETE',
    'login-count': row.lastLogin === null ? '0' : '1',
    'last-login': row.lastLogin ?? '',
    'created-at': row.createdAt,
    'last-changed-on': row.updatedAt ?? '',
    lengthOfDay: '8.0',
  };
}

/**
 * In a list, and on the page of one person, `in-owner-company` is spelled differently. Not by a spread: V8 adds keys that follow
 * one by one, which costs twenty times as much.
 */
export function personInListV1(world: World, row: TeamworkPerson, origin: string): JsonObject {
  return Object.assign({}, common(world, row, origin), {
    'full-name': fullName(row),
    'in-owner-company': isInOwnerCompany(world, row),
    'address-line-1': row.address.line1,
    'address-line-2': row.address.line2,
    'address-city': row.address.city,
    'address-state': row.address.state,
    'address-zip': row.address.zipcode,
    'address-country': countryName(row.address.countrycode),
  });
}

export function singlePersonV1(world: World, row: TeamworkPerson, origin: string): JsonObject {
  return Object.assign({}, common(world, row, origin), {
    'in-owner-company': isInOwnerCompany(world, row) ? '1' : '0',
    'private-notes': row.privateNotes,
    'private-notes-text': row.privateNotes,
    'has-desk-account': world.tables.deskUsers.by('projectsUser', row.id).length > 0,
    installationId: '1',
  });
}

/** A person in the trash: camel case here, unlike anywhere else in v1. */
export function deletedPersonV1(world: World, row: TeamworkPerson, origin: string): JsonObject {
  const deleter = world.tables.teamworkPeople.get(row.deletedBy ?? 0);
  return {
    id: String(row.id),
    firstName: row.firstName,
    lastName: row.lastName,
    emailAddress: row.email,
    companyId: String(row.companyId),
    companyName: world.tables.teamworkCompanies.get(row.companyId)?.name ?? '',
    userType: row.type,
    avatarUrl: pictureUrl(row.avatarUrl, origin),
    isInOwnerCompany: isInOwnerCompany(world, row),
    deletedByUserId: deleter ? String(deleter.id) : '',
    deletedByUserFirstName: deleter?.firstName ?? '',
    deletedByUserLastName: deleter?.lastName ?? '',
    deletedDateTime: row.deletedAt ?? '',
  };
}
