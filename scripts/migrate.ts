import { env } from '@/lib/env';
import { bringUpToDate } from './migrations/bring-up-to-date';

// Brings the database of DATABASE_OWNER_URL, or else of DATABASE_URL, up to date, for those who run their own PostgreSQL.
try {
  const { applied, role, isTaken } = await bringUpToDate(env());
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
  if (role === null) {
    console.log('The user of DATABASE_URL owns the database: nothing holds it apart. See DATABASE_OWNER_URL.');
  } else {
    console.log(`The web and the workers may work as ${role}${isTaken ? `: set DATABASE_ROLE=${role} for them` : ''}.`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
