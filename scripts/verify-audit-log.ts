import { readFileSync } from 'node:fs';
import { actAsSystem } from '@/lib/auth/tenants';
import { closeDb } from '@/lib/db/client';
import { loadEnv } from '@/lib/env';
import { readPublicKeys } from '@/lib/evidence/keys';
import { logger } from '@/lib/logger';
import type { AuditLogCheck } from '@/lib/schemas/audit-log';
import { checkLogChain, listLogChains } from '@/lib/services/audit-log-check';
import { signLogHeads } from '@/lib/services/audit-log-heads';
import { findEvidenceKey } from '@/lib/services/evidence-key';
import { applicationUrl, findRecord } from './postgres/record';

// npm run verify:audit-log [-- <public keys>]   checks the audit log of every team and of the instance, in the database of
// DATABASE_URL or in the embedded one, and signs what is as it was written. Signatures count that are by the evidence key of
// this machine, or by one of the file of public keys; where there is neither, by those that the database names.
actAsSystem();
const { DATABASE_URL, ELDER_DATA_DIR } = loadEnv(process.env);
const record = DATABASE_URL ? null : findRecord(ELDER_DATA_DIR);
if (record) process.env.DATABASE_URL = applicationUrl(record);

const own = await findEvidenceKey();
const given = process.argv[2] ? readPublicKeys(readFileSync(process.argv[2], 'utf8')) : [];
const pinned = [...(own ? [{ id: own.id, key: own.publicKey }] : []), ...given];
if (pinned.length === 0) console.log('No key is here: signatures are checked with the keys that the database names.');

let isIntact = true;
for (const chain of await listLogChains()) {
  const check = await checkLogChain(chain, pinned.length > 0 ? pinned : undefined);
  isIntact &&= check.isIntact;
  if (check.isIntact && own) await signLogHeads(logger(), chain);
  console.log(lineOf(chain, check));
}
await closeDb();
process.exitCode = isIntact ? 0 : 1;

function lineOf(chain: string, { broken, entries, head, signed }: AuditLogCheck): string {
  if (broken?.reason === 'signed') return `✗ ${chain}: entry ${broken.sequence} is not the one that was signed`;
  if (broken) return `✗ ${chain}: entry ${broken.sequence} is ${broken.reason}`;
  const by = signed ? `signed up to entry ${signed.sequence} at ${signed.at} by ${signed.keyId}` : 'not signed before';
  return `✓ ${chain}: ${entries} entries, head ${head ?? 'none'}, ${by}`;
}
