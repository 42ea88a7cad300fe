/** What a browser calls itself, in words of ours: enough to know one's own again in a list of sessions. */

/** Many claim to be others too, so the first that fits counts. */
const browsers: readonly (readonly [claim: RegExp, name: string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(HeadlessChrome|Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [claim: RegExp, name: string])[] = [
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** Such as `Firefox on Linux`; null for what is no browser that we know. */
export function browserNamed(userAgent: string | undefined): string | null {
  const named = (table: typeof browsers) => table.find(([claim]) => claim.test(userAgent ?? ''))?.[1];
  const [browser, system] = [named(browsers), named(systems)];
  if (browser === undefined) return null;
  return system === undefined ? browser : `${browser} on ${system}`;
}
