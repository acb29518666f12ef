import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { logger } from '@/lib/logger';
import { MAX_OWN_RULES } from '@/lib/magics/own-rules/own-rule';
import type { RuleResult } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { requestAudit } from '@/lib/services/audits';
import { auditEnd } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { localRepository } from '@/tests/support/local-repository';
import { startWorker } from './worker';

const FILES = 40;
const FILE_BYTES = 128 * 1024;
/** Longer than the time that all own rules of an audit have together, and what reading takes besides. */
const BOUND_MS = 240_000;

let database: TestDatabase;
let dataDir: string;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'elder-hostile-'));
  process.env.ELDER_DATA_DIR = dataDir;
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

const line = `// ${'a'.repeat(72)}!\n`;
const files = Object.fromEntries([
  ...Array.from({ length: FILES }, (_, at) => [
    `src/part-${at}.ts`,
    `export const part${at} = ${at};\n${line.repeat(Math.floor(FILE_BYTES / line.length))}// ${'a'.repeat(19_000)}!\n`,
  ]),
  ['src/pay.ts', 'export function pay() {\n  // TODO: charge\n  debugger;\n  return oldClient(1);\n}\n'],
]);

const TEXTS = { severity: 'low', title: { en: 'Old' }, why: { en: 'It is.' }, fix: { en: 'Mend it.' } };
/** Each makes an engine that goes back take for ever, and no two are the same. */
const EXPLODING = [
  '(a+)+$',
  '(a|a)+$',
  '(a|aa)+$',
  '(.*a){12}$',
  '(a*)*b',
  '([a-z]+)*\\d$',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '(x+x+)+y',
];
const GREEDY = ['.', '.+', '\\S', '\\S+', '\\w', 'a', 'a+', '[\\s\\S]'];
const rules = Array.from({ length: MAX_OWN_RULES - 1 }, (_, at) => {
  const isNoisy = at % 2 === 1;
  const forms = isNoisy ? GREEDY : EXPLODING;
  const pattern = `${forms[(at >> 1) % forms.length]}${at < 2 * forms.length ? '' : `|never-${at}`}`;
  // Some go over lines, where each match may read to the end of the file.
  return { ...TEXTS, id: `own/rule-${at}`, kind: 'pattern', pattern, flags: at % 10 < 2 ? 's' : '' };
});
const HONEST = { ...TEXTS, id: 'own/no-old-client', kind: 'pattern', pattern: 'oldClient\\(' };

test('rules that match everything, or never end elsewhere, take no audit along', {
  timeout: 2 * BOUND_MS,
}, async () => {
  await using repository = await localRepository({ files });
  await using _ = await working();
  const [plain, hostile] = [await createTeam(), await createTeam({ ownRules: [...rules, HONEST] })];
  const withoutOwn = await audit(plain, await createProject(plain, repository));

  const startedAt = performance.now();
  const judged = await audit(hostile, await createProject(hostile, repository));
  const tookMs = performance.now() - startedAt;

  expect(tookMs).toBeLessThan(BOUND_MS);
  // The built-in rules say what they say without them.
  expect(judged.filter(isBuiltIn)).toEqual(withoutOwn.filter(isBuiltIn));
  expect(withoutOwn.find(({ ruleId }) => ruleId === 'integrity/no-debug-leftover')).toMatchObject({ findings: 1 });
  const own = new Map(judged.map((rule) => [rule.ruleId, rule]));
  const said = rules.map(({ id }) => own.get(id));
  expect(said.every((rule) => rule !== undefined && rule.outcome !== 'error')).toBe(true);
  // Rules that say too much are named by what is left out of them; what was not asked in time is no pass.
  const noisy = said.filter((rule) => (rule?.dropped ?? 0) > 0);
  const notAsked = said.filter((rule) => rule?.reason?.id === 'own-unread');
  expect(noisy.length + notAsked.length).toBeGreaterThan(rules.length / 3);
  for (const rule of noisy) expect([rule?.ruleId, rule?.outcome]).toEqual([rule?.ruleId, 'failed']);
  for (const rule of notAsked) expect([rule?.ruleId, rule?.outcome]).toEqual([rule?.ruleId, 'not-available']);
  // The one that means well is answered; where the time was over before its file, it says that.
  const honest = own.get(HONEST.id);
  expect(honest?.outcome === 'passed').toBe(false);
  expect(honest?.findings === 0 ? honest.reason?.id : 'found').toMatch(/^(?:found|own-unread)$/);

  async function audit(team: Awaited<ReturnType<typeof createTeam>>, projectId: string): Promise<RuleResult[]> {
    const enabledMagics = ['strict' as const, 'integrity' as const];
    const request = { auditType: 'full' as const, priority: 'normal' as const, enabledMagics };
    const { taskId } = await requestAudit(team.as('member'), projectId, request, { trigger: 'manual' });
    const { status, errorCode } = await auditEnd(taskId, BOUND_MS);
    expect({ status, errorCode }).toEqual({ status: 'completed', errorCode: null });
    const rows = await db().auditMagic.findMany({ where: { auditId: taskId }, orderBy: { magic: 'asc' } });
    return rows.flatMap(({ result }) => (result as unknown as { rules: RuleResult[] }).rules);
  }
});

function isBuiltIn({ ruleId }: RuleResult): boolean {
  return !ruleId.startsWith('own/');
}

async function working() {
  const worker = await startWorker({
    databaseUrl: database.url,
    redisUrl: undefined,
    kinds: WORKER_KINDS,
    concurrency: 2,
    log: logger(),
    queuePrefix: randomUUID(),
  });
  return { [Symbol.asyncDispose]: () => worker.stop() };
}
