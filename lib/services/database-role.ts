import { findSeparation, type Separation } from '@/lib/db/separation';
import type { Logger } from '@/lib/logger';

/** What does not hold, for whoever runs the server; see docs/operations.md. */
const SENTENCES: Readonly<Record<Separation, string | null>> = {
  login: null,
  role: 'The database role of the web and the workers can be given back for that of its owner: sign in as a role of its own (DATABASE_OWNER_URL).',
  none: 'The web and the workers work as the owner of the database: it keeps them from nothing, neither from other teams’ rows nor from changing the audit log (DATABASE_OWNER_URL).',
};

/** A sentence when the role this process works under could switch off what holds teams apart; null when it cannot. */
export async function databaseRoleWarning(): Promise<string | null> {
  return SENTENCES[await findSeparation()];
}

/** Once, when a process starts. */
export async function warnOfDatabaseRole(log: Logger): Promise<void> {
  try {
    const separation = await findSeparation();
    if (separation !== 'login') log.warn({ separation }, 'the database role could undo row-level security');
  } catch (err) {
    log.warn({ err }, 'the database role could not be looked at');
  }
}
