/** Rows of the Desk side as they begin: everything unset. */
import type { DeskCompany, DeskContact, DeskCustomer, DeskDomain } from './desk-records';

function newDeskRow(createdAt: string, createdBy: number | null) {
  return {
    state: 'active' as const,
    createdAt,
    createdBy,
    updatedAt: createdAt,
    updatedBy: createdBy,
    deletedAt: null,
    deletedBy: null,
  };
}

export function newDeskCompany(createdAt: string, createdBy: number | null): Omit<DeskCompany, 'id'> {
  return {
    ...newDeskRow(createdAt, createdBy),
    name: '',
    email: '',
    website: '',
    industry: '',
    details: '',
    description: '',
    note: '',
    permission: 'own',
    kind: 'company',
    phones: [],
    avatarPath: '',
    projectsCompanyId: null,
  };
}

export function newDeskDomain(createdAt: string, createdBy: number | null): Omit<DeskDomain, 'id'> {
  return { ...newDeskRow(createdAt, createdBy), name: '', companyId: 0, projectsCompanyId: null };
}

export function newDeskCustomer(createdAt: string, createdBy: number | null): Omit<DeskCustomer, 'id'> {
  return {
    ...newDeskRow(createdAt, createdBy),
    firstName: '',
    lastName: '',
    companyId: null,
    organization: '',
    jobTitle: '',
    phone: '',
    mobile: '',
    address: '',
    notes: '',
    extraData: '',
    externalId: '',
    linkedinURL: '',
    facebookURL: '',
    twitterHandle: '',
    avatarURL: '',
    permission: 'own',
    addMethod: '',
    trusted: false,
    verifiedEmail: false,
    welcomeEmailSent: false,
    numTickets: 0,
  };
}

export function newDeskContact(createdAt: string, createdBy: number | null): Omit<DeskContact, 'id'> {
  return { ...newDeskRow(createdAt, createdBy), customerId: 0, type: 'email', value: '', isMain: false };
}
