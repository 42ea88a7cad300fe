/** The events that a webhook can be registered for: the families that this sandbox knows of. */

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  COMPANY: ['CREATED', 'UPDATED', 'DELETED'],
  USER: ['CREATED', 'UPDATED', 'DELETED'],
  PROJECT: ['CREATED', 'UPDATED', 'DELETED'],
  TASK: ['CREATED', 'UPDATED', 'DELETED', 'COMPLETED'],
  COMMENT: ['CREATED', 'UPDATED', 'DELETED'],
};

export const WEBHOOK_EVENTS: readonly string[] = Object.entries(FAMILIES).flatMap(([family, verbs]) =>
  verbs.map((verb) => `${family}.${verb}`),
);
