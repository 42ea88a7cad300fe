/** Under which encryption key the credentials of a site and the secrets of its hooks lie. Types only. */

export interface KeyStanding {
  /** Id of the key that encrypts: the newest one. */
  readonly newest: string;
  /** Ids of other keys that something of the site still lies under, and this process has. */
  readonly former: readonly string[];
  /** Those that it does not have: what lies under them cannot be read. */
  readonly missing: readonly string[];
}

export interface KeyStore {
  keyStanding(site: string): Promise<KeyStanding>;
  /**
   * Puts under the newest key what of the site lies under a former one, all at once or not at all; answers how many
   * ciphertexts. What lies under a missing key stays as it is.
   */
  encryptAnew(site: string): Promise<number>;
}
