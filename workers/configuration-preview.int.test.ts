import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { logger } from '@/lib/logger';
import type { Sketch } from '@/lib/magics/define';
import { closePublisher } from '@/lib/realtime/publish';
import { Configuration, type PreviewState, type ProjectPreview } from '@/lib/schemas/configuration';
import { requestAudit } from '@/lib/services/audits';
import { saveConfiguration } from '@/lib/services/configuration';
import { previewConfiguration } from '@/lib/services/configuration-preview';
import { auditEnd } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { createPerson, newTeam, type TestPerson } from '@/tests/support/people';
import { startWorker } from './worker';

const body = Array.from({ length: 900 }, (_, at) => `export const rate${at} = ${at};`).join('\n');
const sketch: Sketch = {
  commits: [
    {
      message: 'feat: begin',
      files: {
        'src/pay.ts': `${body}\nexport function pay() {\n  // TODO: charge the card\n  debugger;\n  return true;\n}\n`,
        'src/refund.ts': `export function refund(amount: number) {\n  // FIXME: not now\n  console.log(amount);\n  try { send(amount); } catch {}\n}\n`,
        'legacy/old.ts': 'export function old() {\n  // TODO: remove\n  debugger;\n}\n',
        'src/many.ts': 'export function many(a: A, b: B, c: C, d: D) {\n  return oldClient(a, b, c, d);\n}\n',
        'src/many.test.ts': "import { many } from './many';\ntest('many', () => { const made = makeMany(); });\n",
        'src/pay.test.ts': "import { pay } from './pay';\ntest('pays', () => { expect(pay()).toBe(true); });\n",
        'README.md': '# Pay\n',
      },
    },
    { message: 'wip', files: { 'src/more.ts': `${body.replaceAll('rate', 'more')}\n// TODO: later\n` } },
  ],
};

const TEXTS = { severity: 'high', title: { en: 'Old' }, why: { en: 'It is gone.' }, fix: { en: 'Use the new one.' } };
const OWN_PATHS = { ...TEXTS, id: 'own/no-legacy', kind: 'path', demand: 'absent', paths: { include: ['legacy/**'] } };
const OWN_TEXT = { ...TEXTS, id: 'own/no-old-client', kind: 'pattern', pattern: 'oldClient\\(', where: 'code' };
/** What is looked for in texts for the first time only an audit can find. */
const OPEN: Readonly<Record<string, string>> = {
  'an own rule about text': 'switched-on',
  'an own rule that looks at other paths': 'options',
};

/** In the order in which a team makes them, each on top of what was before. */
const CHANGES: [string, object][] = [
  ['stricter', { strictness: 0.95 }],
  ['laxer', { strictness: 0.6 }],
  ['focus and weights', { strictness: 0.6, focusAreas: ['integrity', 'tdd'], magics: { git: { weight: 60 } } }],
  ['a magic off', { magics: { sages: { isEnabled: false }, git: { weight: 60 } } }],
  [
    'rules off',
    { rules: { 'integrity/no-unfinished-code': { isEnabled: false }, 'strict/no-magic-number': { isEnabled: false } } },
  ],
  [
    'severities',
    {
      rules: {
        'integrity/no-unfinished-code': { isEnabled: false },
        'strict/no-magic-number': { isEnabled: false },
        'integrity/no-debug-leftover': { severity: 'critical' },
        'git/no-vague-subject': { severity: 'high' },
      },
    },
  ],
  [
    'severities at paths',
    {
      rules: {
        'integrity/no-unfinished-code': { isEnabled: false },
        'strict/no-magic-number': { isEnabled: false },
        'integrity/no-debug-leftover': { severity: 'critical' },
      },
      pathRules: [{ glob: 'legacy/**', maxSeverity: 'low' }],
    },
  ],
  [
    'a gate of other conditions',
    {
      rules: {
        'integrity/no-unfinished-code': { isEnabled: false },
        'strict/no-magic-number': { isEnabled: false },
        'integrity/no-debug-leftover': { severity: 'critical' },
      },
      pathRules: [{ glob: 'legacy/**', maxSeverity: 'low' }],
      gate: { findings: { critical: { fail: 0 } }, magics: { tdd: { warn: 99 } }, newCoverage: { fail: 0.5 } },
    },
  ],
  ['rules and a magic on again', {}],
  ['a magic off once more', { magics: { strict: { isEnabled: false } } }],
  ['that magic on, stricter', { strictness: 0.9 }],
  ['stricter options', { strictness: 0.9, rules: { 'strict/no-long-parameter-list': { options: { limit: 3 } } } }],
  [
    'options of several magics, and new findings fail',
    {
      strictness: 0.9,
      rules: {
        'strict/no-long-parameter-list': { options: { limit: 2 } },
        'tdd/has-assertion': { options: { helpers: ['makeMany'] } },
        'git/has-short-subject': { options: { maxLength: 40 } },
        'git/no-huge-commit': { options: { maxLines: 50 } },
      },
      gate: { newFindings: { low: { fail: 0 } }, smallChangeLines: 0 },
    },
  ],
  ['paths ignored', { ignorePaths: ['legacy/**'], strictness: 0.9 }],
  ['paths looked at again, others ignored', { pathRules: [{ glob: 'src/more.ts', isIgnored: true }], strictness: 0.9 }],
  [
    'magics off at paths',
    { pathRules: [{ glob: 'src/p*.ts', magicsOff: ['integrity'], rulesOff: ['tdd/has-test-first'] }] },
  ],
  ['what the repository asks is only listed', { repository: { suppressions: 'listed', ignorePaths: 'listed' } }],
  ['an own rule about paths', { ownRules: [OWN_PATHS] }],
  ['an own rule about text', { ownRules: [OWN_PATHS, OWN_TEXT] }],
  [
    'own rules changed, but for what they look for',
    {
      ownRules: [
        { ...OWN_PATHS, paths: { include: ['src/**'] } },
        { ...OWN_TEXT, severity: 'critical', zeroAt: 2 },
      ],
    },
  ],
  ['an own rule that looks at other paths', { ownRules: [{ ...OWN_TEXT, paths: { include: ['src/**'] } }] }],
];

let database: TestDatabase;
let dataDir: string;
let teamId: string;
let admin: TestPerson;
let repository: LocalRepository;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'elder-preview-'));
  process.env.ELDER_DATA_DIR = dataDir;
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  repository = await localRepository(sketch);
  teamId = await newTeam();
  admin = await createPerson({ [teamId]: 'admin' });
});

afterAll(async () => {
  await repository[Symbol.asyncDispose]();
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

test('a preview says what the audit after saving says', { timeout: 480_000 }, async () => {
  const options = {
    databaseUrl: database.url,
    redisUrl: undefined,
    kinds: WORKER_KINDS,
    concurrency: 2,
    log: logger(),
  };
  const worker = await startWorker({ ...options, queuePrefix: randomUUID() });
  await using _ = { [Symbol.asyncDispose]: () => worker.stop() };
  const values = { teamId, name: 'Pay', repositoryUrl: repository.path, canonicalKey: randomUUID(), branch: 'main' };
  const { id: projectId } = await db().project.create({ data: values });
  await audit(projectId);

  for (const [version, [name, settings]] of CHANGES.entries()) {
    const configuration = Configuration.parse(settings);
    const told = await preview(configuration);
    await saveConfiguration(await admin.ask(), teamId, { version, configuration, preset: null, reason: name });
    const before = told.now;
    await audit(projectId);
    const real = (await preview(configuration)).now;

    const reason = OPEN[name];
    expect([name, told.needAudit, told.notAsked]).toEqual([
      name,
      reason ? [{ ruleId: OWN_TEXT.id, reason }] : [],
      null,
    ]);
    expect([name, told.isExact]).toEqual([name, !reason]);
    if (!reason) {
      expect([name, comparable(told.next)]).toEqual([name, comparable(real)]);
      expect([name, comparable(told.next)]).not.toEqual([name, comparable(before)]);
    }
  }
  const facts = await db().auditMap.findMany({
    where: { kind: { startsWith: 'facts' } },
    distinct: ['auditId'],
    select: { audit: { select: { number: true } } },
  });
  // Those of the newest audit alone are kept.
  expect(facts).toEqual([{ audit: { number: CHANGES.length + 1 } }]);

  await db().auditMap.deleteMany({ where: { kind: { startsWith: 'facts' } } });
  const blind = await preview(Configuration.parse({ ignorePaths: ['legacy/**'] }));

  expect(blind).toMatchObject({ isExact: false, notAsked: 'facts-gone' });
  expect(blind.needAudit.length).toBeGreaterThan(50);
});

async function preview(configuration: Configuration): Promise<ProjectPreview> {
  const { items } = await previewConfiguration(await admin.ask(), teamId, { configuration });
  if (!items[0]) throw new Error('no project');
  return items[0];
}

async function audit(projectId: string): Promise<void> {
  const request = { auditType: 'full', priority: 'normal' } as const;
  const { taskId } = await requestAudit(await admin.ask(), projectId, request, { trigger: 'manual' });
  const { status, errorCode } = await auditEnd(taskId);
  expect({ status, errorCode }).toEqual({ status: 'completed', errorCode: null });
}

/** The first audit alone says that it is the first. */
function comparable(state: PreviewState | null) {
  if (!state) return null;
  const { isFirst: _, ...data } = state.gateReason?.data ?? {};
  const magics = state.magics.filter(({ weight }) => weight > 0);
  return { ...state, magics, gateReason: { ...state.gateReason, data } };
}
