/** The workflow bundle's entry. */
export { createCompany } from './create-company';
export { initialSync } from './initial-sync';
export { dailySweep, sweep } from './sweep';
export { syncCompany } from './sync-company';
export { syncCustomer } from './sync-customer';
export { watchSite } from './watch-site';
