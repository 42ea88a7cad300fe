/** A process of its own in which whoever asks for a module from now on gets another. */
import Module from 'node:module';

/** @param path absolute, as `require.resolve` gives it; nobody may have asked for it. */
export function replaceModule(path: string, exports: object): void {
  const replaced = new Module(path);
  replaced.exports = exports;
  replaced.loaded = true;
  require.cache[path] = replaced;
}
