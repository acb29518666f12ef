import { closeDb } from '@/lib/db/client';
import { checkLogChain, listLogChains } from '@/lib/services/audit-log-check';

// Checks the audit log of every team and of the instance in the database of DATABASE_URL.
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
