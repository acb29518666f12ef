import { hash, verify } from '@node-rs/argon2';

/** argon2id with the library's defaults (19 MiB, 2 passes), which follow the OWASP cheat sheet. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

// Spends the same time for an unknown e-mail, so that accounts cannot be told by timing.
let decoy: Promise<string> | undefined;

export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hash('no account has this password');
  const isMatch = await verify(passwordHash ?? (await decoy), password);
  return isMatch && passwordHash !== null;
}
