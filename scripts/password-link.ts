import { actAsSystem } from '@/lib/auth/tenants';
import { closeDb } from '@/lib/db/client';
import { loadEnv } from '@/lib/env';
import { createPasswordResetFor } from '@/lib/services/passwords';
import { applicationUrl, findRecord } from './postgres/record';

// npm run password:link -- name@example.com   prints a one-time link with which that person chooses a new password.
const email = process.argv[2];
if (!email?.includes('@')) {
  console.error('Usage: npm run password:link -- <e-mail>');
  process.exit(2);
}

actAsSystem();
const { DATABASE_URL, ELDER_DATA_DIR } = loadEnv(process.env);
const record = DATABASE_URL ? null : findRecord(ELDER_DATA_DIR);
if (record) process.env.DATABASE_URL = applicationUrl(record);

try {
  const made = await createPasswordResetFor(email);
  if (made) console.log(`${made.link}\nWorks once, until ${made.expiresAt}. The link made before it works no more.`);
  else console.error('Nobody who signs in has this address.');
  process.exitCode = made ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await closeDb();
}
