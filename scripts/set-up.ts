import { actAsSystem } from '@/lib/auth/tenants';
import { closeDb } from '@/lib/db/client';
import { env } from '@/lib/env';
import { bootstrapInstance } from '@/lib/services/bootstrap';
import { checkEncryptionKeys } from '@/lib/services/sealed-columns';
import { connectionProblem } from './postgres/connection-problem';

// Makes a migrated database usable where `npm start` is not what starts the product, as in pods: the first owner, or a
// one-time link with which they sign up.
actAsSystem();
try {
  await checkEncryptionKeys();
  const { setupPath } = await bootstrapInstance();
  console.log(setupPath ? `Create the first account: ${env().PUBLIC_URL}${setupPath}` : 'There is an account.');
} catch (error) {
  console.error(connectionProblem(error) ?? (error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
} finally {
  await closeDb();
}
