/** The watch as it was begun before its polls moved into one activity: stands in for `watch-site.ts` in a version of before. */
export { watchByTurns as watchSite } from '../../src/workflows/watch-by-turns';
