/** The v1 list of industries; the vendor's own is longer, only the first name is known. */
import type { FastifyInstance } from 'fastify';

const INDUSTRIES = [
  'Web Development Agency',
  'Marketing',
  'Finance',
  'Healthcare',
  'Manufacturing',
  'Retail',
];

export function registerIndustries(app: FastifyInstance): void {
  app.get('/industries.json', () => ({
    STATUS: 'OK',
    industries: INDUSTRIES.map((name, index) => ({ id: String(index + 1), name })),
  }));
}
