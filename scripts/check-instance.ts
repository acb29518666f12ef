import { actAsSystem } from '@/lib/auth/tenants';
import { closeDb } from '@/lib/db/client';
import { checkInstance, readParts } from './checks/instance';

// node dist/check-instance.js <URL of the web> [kind=host:port …]   asks a running instance, part by part, whether it works.
actAsSystem();
try {
  const parts = readParts(process.argv.slice(2));
  const problems = await checkInstance(parts);
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(`The web and ${parts.workers.length} kinds of workers are ready.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await closeDb();
}
