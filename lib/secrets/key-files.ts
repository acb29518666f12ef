/** Files of the data directory that hold keys, unless a setting gives them. */
export const KEY_FILES = {
  /** `{"keys": ["<base64>", …]}`, the newest first. */
  encryption: 'encryption-keys.json',
  /** Private Ed25519 key in PEM. */
  evidence: 'evidence-key.pem',
  /** One line. */
  auth: 'auth-secret',
} as const;

export type KeyFile = keyof typeof KEY_FILES;
