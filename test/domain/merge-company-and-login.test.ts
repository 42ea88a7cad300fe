import type { Fields } from '../../src/domain/record';
import { both, merged } from './merges';

describe('R25 the company', () => {
  const t1 = { company: 'T1' };
  const bases = both({ company: 'T1' }, { company: 'D1' });

  it('R25 the same company under its two ids is agreement', () => {
    const companyAcross = both('D1', 'T1');
    expect(merged({ fields: both(t1, { company: 'D1' }), companyAcross })).toEqual({
      agreed: both({ company: 'T1' }, { company: 'D1' }),
    });
  });

  it('R10 a move is told in the ids of the other side', () => {
    expect(
      merged({ fields: both({ company: 'T2' }, { company: 'D1' }), bases, companyAcross: both('D2', 'T1') }),
    ).toEqual({
      writes: { desk: { company: 'D2' } },
      sourceBases: { desk: { company: 'T2' } },
    });
  });

  it('R6 a customer without a company joins that of the person', () => {
    expect(merged({ fields: both(t1, { company: '' }), companyAcross: both('D1', null) }).writes).toEqual({
      desk: { company: 'D1' },
    });
  });

  it('R25 a person in no company on either side is agreed to be in none', () => {
    const none = { company: '' };
    expect(merged({ fields: both(none, none) })).toEqual({ agreed: both(none, none) });
  });

  it('R25 a company that is not linked is not sent', () => {
    expect(
      merged({ fields: both({ company: 'T9' }, { company: 'D1' }), bases, companyAcross: both(null, 'T1') }),
    ).toEqual({});
  });
});

describe('R27 people who sign in', () => {
  const ann: Fields = { firstName: 'Ann', lastName: 'Lee', email: 'ann@acme.com' };
  const customer = (teamwork: Fields, desk: Fields, more: object = {}) =>
    merged({ fields: both({ ...ann, ...teamwork }, { ...ann, ...desk }), bases: both(ann, ann), ...more });
  const edits: Fields = { email: 'new@acme.com', lastName: 'Poe' };

  it('R27 their email is not changed from Desk, other fields go on', () => {
    expect(customer({}, edits, { signsIn: true })).toEqual({
      writes: { teamwork: { lastName: 'Poe' } },
      sourceBases: { teamwork: { lastName: 'Poe' } },
      notes: [{ field: 'email', reason: 'login_email_protected' }],
    });
  });

  it('R27 their own change goes to Desk', () => {
    expect(customer({ email: 'new@acme.com' }, {}, { signsIn: true }).writes).toEqual({
      desk: { email: 'new@acme.com' },
    });
  });

  it('R27 equal values end it', () => {
    const same: Fields = { email: 'new@acme.com' };
    expect(customer(same, same, { signsIn: true })).toEqual({ agreed: both(same, same) });
  });

  it('R27 a conflict that Desk wins waits, and nobody has lost yet', () => {
    const values = [{ email: 'one@acme.com' }, { email: 'two@acme.com' }] as const;
    expect(customer(...values, { signsIn: true, policy: 'desk' })).toEqual({
      notes: [{ field: 'email', reason: 'login_email_protected' }],
    });
  });

  it('R27 nor is their company', () => {
    expect(
      merged({
        fields: both({ company: 'T1' }, { company: 'D2' }),
        bases: both({ company: 'T1' }, { company: 'D1' }),
        companyAcross: both('D1', 'T2'),
        signsIn: true,
      }),
    ).toEqual({ notes: [{ field: 'company', reason: 'login_company_protected' }] });
  });
});
