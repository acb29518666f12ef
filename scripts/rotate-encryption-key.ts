import { actAsSystem } from '@/lib/auth/tenants';
import { closeDb } from '@/lib/db/client';
import { loadEnv } from '@/lib/env';
import { rotateEncryptionKey } from '@/lib/services/sealed-columns';
import { applicationUrl, findRecord } from './postgres/record';

// npm run secrets:rotate   seals every secret of the database anew, with a new key of the data directory or with ENCRYPTION_KEY.
actAsSystem();
const { DATABASE_URL, ELDER_DATA_DIR } = loadEnv(process.env);
const record = DATABASE_URL ? null : findRecord(ELDER_DATA_DIR);
if (record) process.env.DATABASE_URL = applicationUrl(record);

try {
  const { keyId, sealedAnew } = await rotateEncryptionKey();
  console.log(`Secrets are sealed with key ${keyId} from now on; ${sealedAnew} were sealed anew.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await closeDb();
}
