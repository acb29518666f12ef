import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { hashPassword } from '@/lib/auth/passwords';
import { createTokenValue, hashSecret } from '@/lib/auth/secrets';
import { databaseUrl, env } from '@/lib/env';
import { seedDatabase } from './seed-data';

// Usage: DATABASE_URL=… npm run seed [-- --projects 200 --findings 1000000 --audits 30]. Adds a team of that size to a migrated
// database, for those who want to see how the product feels when it is full.
const { values } = parseArgs({
  options: {
    projects: { type: 'string', default: '200' },
    findings: { type: 'string', default: '1000000' },
    audits: { type: 'string', default: '30' },
  },
});
const password = randomBytes(12).toString('base64url');
const token = createTokenValue();
const email = `seed-${randomBytes(3).toString('hex')}@example.org`;
const startedAt = performance.now();
await seedDatabase(env().DATABASE_OWNER_URL ?? databaseUrl(), {
  projects: Number(values.projects),
  findings: Number(values.findings),
  auditsPerProject: Number(values.audits),
  tokenHash: hashSecret(token),
  passwordHash: await hashPassword(password),
  email,
});
console.log(`Seeded in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
console.log(`Sign in as ${email} with ${password}, or send the token ${token}.`);
