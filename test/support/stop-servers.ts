/** Jest calls this after the last test. */
export default async function stop(): Promise<void> {
  await globalThis.testServers?.stop();
}
