import { closeDb } from '@/lib/db/client';
import { loadEnv } from '@/lib/env';
import { checkLogChain, listLogChains } from '@/lib/services/audit-log-check';
import { findRecord, ownerUrl } from './postgres/record';

// npm run verify:audit-log   checks the audit log of every team and of the instance, in the database of DATABASE_URL or in the
// embedded one.
const { DATABASE_URL, ELDER_DATA_DIR } = loadEnv(process.env);
const record = DATABASE_URL ? null : findRecord(ELDER_DATA_DIR);
if (record) process.env.DATABASE_URL = ownerUrl(record);

let isIntact = true;
for (const chain of await listLogChains()) {
  const check = await checkLogChain(chain);
  isIntact &&= check.isIntact;
  console.log(
    check.broken
      ? `✗ ${chain}: entry ${check.broken.sequence} is ${check.broken.reason}`
      : `✓ ${chain}: ${check.entries} entries, head ${check.head ?? 'none'}`,
  );
}
await closeDb();
process.exitCode = isIntact ? 0 : 1;
