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
        'src/pay.test.ts': "import { pay } from './pay';\ntest('pays', () => { expect(pay()).toBe(true); });\n",
        'README.md': '# Pay\n',
      },
    },
    { message: 'wip', files: { 'src/more.ts': `${body.replaceAll('rate', 'more')}\n// TODO: later\n` } },
  ],
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

test('a preview says what the audit after saving says', { timeout: 180_000 }, async () => {
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

    // A magic or rule that was off has no result to tell from.
    const isKnown = name !== 'rules off';
    expect([name, told.needAudit.filter(({ reason }) => reason !== 'switched-on')]).toEqual([name, []]);
    if (isKnown) expect([name, comparable(told.next)]).toEqual([name, comparable(real)]);
    expect([name, comparable(told.next)]).not.toEqual([name, comparable(before)]);
  }
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
