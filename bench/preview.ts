import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createContext } from '@/lib/auth/context';
import { actAsSystem } from '@/lib/auth/tenants';
import { closeDb, db } from '@/lib/db/client';
import { createMemoryCache } from '@/lib/facts/cache/memory-cache';
import { INLINE_READER } from '@/lib/facts/packed-blob';
import { planCommit, readFacts } from '@/lib/facts/read-repository';
import { openLocal } from '@/lib/git/open-local';
import { logger } from '@/lib/logger';
import { judgeAll } from '@/lib/magics/judge-all';
import { defaultPolicy } from '@/lib/magics/policy';
import { RULE_PACK_VERSION } from '@/lib/magics/registry';
import { MAGIC_IDS, type MagicResult } from '@/lib/magics/types';
import { Configuration } from '@/lib/schemas/configuration';
import { previewConfiguration } from '@/lib/services/configuration-preview';
import { packFacts } from '@/lib/services/kept-facts';
import { packJson } from '@/lib/services/packed-json';
import { copyTemplate, startDatabaseServer } from '@/tests/support/postgres';

// Usage: npm run bench:preview [-- <repository>]. Previews of a policy for a team of 50 projects, each with the results of that
// repository; the first one starts the thread.
const PROJECTS = 50;
const GOAL_MS = 5_000;
/** From what is kept of results alone. */
const CHANGES = {
  stricter: { strictness: 0.95 },
  'less grave at paths': { pathRules: [{ glob: 'lib/**', maxSeverity: 'low' }] },
  'another gate': { gate: { findings: { high: { fail: 10 } }, newCode: { since: 'last_passed' } } },
};
/** Asked anew of the facts that audits left. */
const OF_FACTS = {
  'options of a rule on comments': { rules: { 'integrity/no-unfinished-code': { options: { terms: ['revisit'] } } } },
  'options of a rule on functions': { rules: { 'strict/no-long-function': { options: { limit: 20 } } } },
  'paths that all rules leave out': { ignorePaths: ['lib/i18n/**'] },
};

await using database = await startDatabaseServer();
process.env.LOG_LEVEL ??= 'error';
const { url } = await copyTemplate(database.access);
process.env.DATABASE_URL = url;
actAsSystem();
const { facts, results, health } = await judge(process.argv[2] ?? '.');
const { id: teamId } = await db().team.create({ data: { name: 'Bench' } });
for (let number = 1; number <= PROJECTS; number += 1) await addProject(number);

const ctx = createContext({
  userId: null,
  roles: new Map([[teamId, 'admin']]),
  requestId: randomUUID(),
  log: logger(),
});
let isMet = true;
for (const [name, settings] of Object.entries(CHANGES)) isMet = (await preview(name, settings)) <= GOAL_MS && isMet;
console.log(`goal: ${GOAL_MS} ms: ${isMet ? 'met' : 'missed'}`);
for (const [name, settings] of Object.entries(OF_FACTS)) await preview(name, settings);
process.exitCode = isMet ? 0 : 1;
await closeDb();

async function preview(name: string, settings: object): Promise<number> {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const { items } = await previewConfiguration(ctx, teamId, { configuration: Configuration.parse(settings) });
  lag.disable();
  const tookMs = Math.round(performance.now() - startedAt);
  const used = process.cpuUsage(cpu);
  const cpuMs = Math.round((used.user + used.system) / 1000);
  const exact = items.filter(({ isExact }) => isExact).length;
  const late = items.filter(({ notAsked }) => notAsked === 'no-time').length;
  const rules = new Set(items.flatMap(({ needAudit }) => needAudit.map(({ ruleId }) => ruleId))).size;
  const heldMs = Math.round(lag.max / 1e6);
  console.log(
    `${name}: ${items.length} projects in ${tookMs} ms (${cpuMs} ms of CPU), ${exact} exact, ${late} not reached, ${rules} rules open, loop held ${heldMs} ms at most`,
  );
  return tookMs;
}

async function judge(path: string) {
  const context = {
    repository: await openLocal(path),
    cache: createMemoryCache(),
    pool: INLINE_READER,
  };
  const { facts } = await readFacts(context, await planCommit(context, 'HEAD'));
  const judged = judgeAll(facts, defaultPolicy, MAGIC_IDS);
  const findings = judged.results.reduce((sum, result) => sum + result.findings.length, 0);
  console.log(`${facts.totals.codeLines} lines of code, ${findings} findings a project`);
  return { ...judged, facts: await packFacts(facts) };
}

async function addProject(number: number): Promise<void> {
  const values = { teamId, repositoryUrl: '/nowhere', canonicalKey: randomUUID(), branch: 'main' };
  const project = await db().project.create({ data: { ...values, name: `Project ${number}` } });
  const audit = await db().audit.create({
    data: {
      projectId: project.id,
      number: 1,
      status: 'completed',
      kind: 'full',
      trigger: 'manual',
      branch: 'main',
      policy: JSON.parse(JSON.stringify(defaultPolicy)),
      enabledMagics: [...MAGIC_IDS],
      rulePackVersion: RULE_PACK_VERSION,
      healthScore: health,
    },
  });
  await db().project.update({ where: { id: project.id }, data: { currentAuditId: audit.id } });
  for (const result of results) await addResult(audit.id, result);
  await db().auditMap.createMany({ data: facts.map(({ kind, data }) => ({ auditId: audit.id, kind, data })) });
}

async function addResult(auditId: string, { findings, suppressed, ...result }: MagicResult): Promise<void> {
  const { magic, status, score, coverage } = result;
  await db().auditMagic.create({
    data: {
      auditId,
      magic,
      attempt: 1,
      status,
      score,
      coverage,
      result: JSON.parse(JSON.stringify({ ...result, fixes: 0 })),
      findings: await packJson([...findings, ...suppressed]),
    },
  });
}
