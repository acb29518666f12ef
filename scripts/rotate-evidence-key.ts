import { actAsSystem } from '@/lib/auth/tenants';
import { closeDb } from '@/lib/db/client';
import { loadEnv } from '@/lib/env';
import { rotateEvidenceKey } from '@/lib/services/evidence-key';
import { applicationUrl, findRecord } from './postgres/record';

// npm run evidence:rotate   puts a new key in the place of the one in the data directory; the running workers use it at once.
actAsSystem();
const { DATABASE_URL, ELDER_DATA_DIR } = loadEnv(process.env);
const record = DATABASE_URL ? null : findRecord(ELDER_DATA_DIR);
if (record) process.env.DATABASE_URL = applicationUrl(record);

try {
  const { before, after } = await rotateEvidenceKey();
  console.log(`Evidence is signed with key ${after} from now on.`);
  if (before) console.log(`Key ${before} signs no more; its public half is kept, so what it signed still verifies.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await closeDb();
}
