/** Where the console shows what a workflow does: what its run says of itself leads there, as the page leads to the run. */

/** `consoleUrl`: its address, where the deployment says it; without one the path alone. */
export function inTheConsole(consoleUrl: string | undefined, site: string, path = ''): string {
  return `In the console: ${consoleUrl ?? ''}/sites/${site}${path}`;
}
