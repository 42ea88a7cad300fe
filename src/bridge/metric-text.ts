/** Numbers in the text form that Prometheus reads. */

export type Row = readonly [labels: string, value: number];

export function metric(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  rows: readonly Row[],
): string[] {
  const full = `teamwork_desk_sync_${name}`;
  return [
    `# HELP ${full} ${help}`,
    `# TYPE ${full} ${type}`,
    ...rows.map(([its, value]) => `${full}${its} ${value}`),
  ];
}

/** Values are names of sites and words of ours: nothing to escape. */
export function labels(values: Readonly<Record<string, string>>): string {
  return `{${Object.entries(values)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`;
}
