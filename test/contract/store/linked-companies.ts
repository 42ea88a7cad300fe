/** Linked companies of a world, and decisions about them. */
import type { Plan } from '../../../src/domain/plan';
import { agreed, company, type World } from '../../support/store-world';

export const deleted: Plan = {
  ...agreed,
  situation: 'gone',
  status: 'broken',
  reason: 'deleted_in_desk',
  breakAs: { reason: 'deleted_in_desk', side: 'desk', causeLink: null },
};

/** Companies `c1`… of both sides, linked. Answers their link numbers. */
export async function linkedCompanies(world: World, count: number, agree = true): Promise<readonly number[]> {
  const ids = Array.from({ length: count }, (_, n) => String(n + 1));
  for (const side of ['teamwork', 'desk'] as const) {
    const rows = ids.map((id) => ({
      ...company(side, id, `c${id}`),
      fields: { name: `c${id}`, website: 'old.test', email: '' },
    }));
    await world.survey(side, 'company', rows);
  }
  await world.settle('company', 'teamwork', ({ link, records }) => ({
    ...agreed,
    situation: 'found',
    pairWith: link.ids.teamwork,
    agreed: {
      teamwork: agree ? (records.teamwork?.fields ?? {}) : {},
      desk: agree ? (records.teamwork?.fields ?? {}) : {},
    },
  }));
  const numbers: number[] = [];
  for (const id of ids) numbers.push((await world.linkOf('company', 'teamwork', id)).link.number);
  return numbers;
}

export async function decide(world: World, link: number, plan: Plan) {
  const view = await world.store.view(world.site, link);
  if (view === null) throw new Error(`No link ${link}.`);
  await world.store.savePlan(world.site, { view, plan });
  return (await world.store.view(world.site, link))?.link;
}
