/** What runs can be filtered by in the Temporal UI (docs/temporal-ui.md): ids and reasons, never personal data. */
const keyword = <Name extends string>(name: Name) => ({ name, type: 'KEYWORD' }) as const;

export const attribute = {
  site: keyword('Site'),
  kind: keyword('Kind'),
  linkStatus: keyword('LinkStatus'),
  teamworkId: keyword('TeamworkId'),
  deskId: keyword('DeskId'),
  reason: keyword('Reason'),
} as const;
