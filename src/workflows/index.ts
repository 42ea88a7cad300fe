/** The workflow bundle's entry. */
export { initialSync } from './initial-sync';
export { syncCompany } from './sync-company';
export { syncCustomer } from './sync-customer';
