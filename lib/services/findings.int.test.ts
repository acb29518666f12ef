import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { MAX_FINDINGS_PER_RULE } from '@/lib/magics/run-rule';
import type { Finding, Suppression, SuppressionUse } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import type { buildSarif } from '@/lib/reports/sarif';
import { FindingFilter } from '@/lib/schemas/findings';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { MARKER_RULE, magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { exportAudit } from './audit-export';
import { listAuditFindings } from './audit-findings';
import { listAuditSuppressions } from './audit-suppressions';
import { getFinding, listFindings } from './findings';
import { countOpenFindings } from './open-findings';

const JUDGED = { outcomes: { [MARKER_RULE]: 'failed' } } as const;

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
  team = await createTeam();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('findings come by severity, rule, path and line, also from page to page', async () => {
  const projectId = await createProject(team);
  const places: [string, string | null, number | null][] = [
    ['z', 'src/b.ts', 9],
    ['y', 'src/b.ts', 10],
    ['x', 'src/b.ts', null],
    ['w', 'src/a.ts', 40],
    ['v', null, null],
  ];
  const findings = places.map(([name, path, startLine]) =>
    markerFinding(name, { path, startLine, endLine: startLine }),
  );
  await audit(projectId, findings);

  const seen: (string | null)[] = [];
  let cursor: string | undefined;
  do {
    const filter = FindingFilter.parse({ limit: 2, ...(cursor && { cursor }) });
    const page = await listFindings(team.as('viewer'), projectId, filter);
    seen.push(...page.items.map(({ path, startLine }) => `${path}:${startLine}`));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);

  expect(seen).toEqual(['src/a.ts:40', 'src/b.ts:9', 'src/b.ts:10', 'src/b.ts:null', 'null:null']);
});

test('are narrowed to rules with controls of a framework', async () => {
  const projectId = await createProject(team);
  const [tagged, other] = [markerFinding('a'), markerFinding('b', { ruleId: 'integrity/no-such-tags' })];
  await audit(projectId, [tagged, other]);
  const found = async (filter: object) => {
    const page = await listFindings(team.as('viewer'), projectId, FindingFilter.parse(filter));
    return page.items.map(({ ruleId }) => ruleId);
  };

  expect(await found({})).toHaveLength(2);
  expect(await found({ framework: 'iso27001' })).toEqual([tagged.ruleId]);
  expect(await found({ framework: 'iso27001', rule: other.ruleId })).toEqual([]);
  await expect(found({ framework: 'iso9001' })).rejects.toMatchObject({ code: 'invalid_request' });
});

describe('what a finding is to its branch', () => {
  test('is told alike by the audit, its counts, its findings and its SARIF, and does not change later', async () => {
    const projectId = await createProject(team);
    const [a, b] = [markerFinding('a'), markerFinding('b')];
    const first = await audit(projectId, [a]);
    const second = await audit(projectId, [a, b]);
    const third = await audit(projectId, [b]);
    const fourth = await audit(projectId, [a, b]);

    const states = await Promise.all([first, second, third, fourth].map(statesOf));

    // What a rule says the first time it judges a branch was there before.
    expect(states).toEqual([
      { a: 'existing' },
      { a: 'existing', b: 'new' },
      { b: 'existing' },
      { a: 'reopened', b: 'existing' },
    ]);
    expect(await Promise.all([first, second, third, fourth].map(newMediumsOf))).toEqual([0, 1, 0, 1]);
    expect(await Promise.all([second, fourth].map(baselinesOf))).toEqual([
      { a: 'unchanged', b: 'new' },
      { a: 'new', b: 'unchanged' },
    ]);
  });

  test('is found by the filter of the audit’s findings', async () => {
    const projectId = await createProject(team);
    await audit(projectId, [markerFinding('a')]);
    await audit(projectId, []);
    const third = await audit(projectId, [markerFinding('a'), markerFinding('b')]);

    const listed = await Promise.all(['new', 'reopened', 'existing'].map((state) => namesOf(third, { state })));

    expect(listed).toEqual([['b'], ['a'], []]);
  });

  test.each([
    ['its rule is off', { isRuleOff: true }],
    ['the team ignores its path', { policy: { ignorePaths: ['src/**'] } }],
    ['its rule is off at its path', { policy: { pathRules: [{ glob: 'src/', rulesOff: [MARKER_RULE] }] } }],
    ['its rule goes by other options', { policy: OTHER_OPTIONS }],
  ])('is neither fixed nor new for that %s for a time', async (_, off) => {
    const projectId = await createProject(team);
    await audit(projectId, [markerFinding('a')]);
    const without = await silentAudit(projectId, off);
    const gone = await listFindings(team.as('viewer'), projectId, FindingFilter.parse({ state: 'fixed' }));
    const branch = await audit(projectId, [markerFinding('a'), markerFinding('b')], 'next');
    const again = await audit(projectId, [markerFinding('a'), markerFinding('b')]);

    const rows = await db().audit.findMany({ where: { id: { in: [without, branch, again] } } });

    expect(gone.total).toBe(0);
    expect(rows.map(({ fixedCount, reopenedFindings }) => [fixedCount, reopenedFindings])).toEqual([
      [0, []],
      [0, []],
      [0, []],
    ]);
    expect(await Promise.all([statesOf(branch), statesOf(again)])).toEqual([
      { a: 'existing', b: 'existing' },
      { a: 'existing', b: 'existing' },
    ]);
    expect(await Promise.all([branch, again].map(newMediumsOf))).toEqual([0, 0]);
  });

  test('at a path that the repository ignored for a time is as it was, and what was never seen there is new', async () => {
    const projectId = await createProject(team);
    await audit(projectId, [markerFinding('a')]);
    const without = await silentAudit(projectId, { ignored: ['src/'] });
    const again = await audit(projectId, [markerFinding('a'), markerFinding('b')]);

    expect(await db().audit.findUniqueOrThrow({ where: { id: without } })).toMatchObject({ fixedCount: 0 });
    expect(await statesOf(again)).toEqual({ a: 'existing', b: 'new' });
    expect(await newMediumsOf(again)).toBe(1);
  });

  test('that was let stand when its rule fell silent is open again without that', async () => {
    const projectId = await createProject(team);
    const suppression = { source: 'line' as const, path: 'src/a.ts', line: 1, reason: 'agreed', expires: null };
    const result = magicResult('integrity', [], JUDGED);
    await runJudgedAudit(team.as('member'), projectId, {
      results: [{ ...result, suppressed: [{ ...markerFinding('a'), suppression }] }],
    });
    await silentAudit(projectId, { policy: OTHER_OPTIONS });

    const branch = await audit(projectId, [markerFinding('a')], 'next');
    const again = await audit(projectId, [markerFinding('a')]);

    expect([await statesOf(branch), await statesOf(again)]).toEqual([{ a: 'reopened' }, { a: 'reopened' }]);
  });

  test('that went with its rule and did not come back with it is fixed, and may be reopened', async () => {
    const projectId = await createProject(team);
    await audit(projectId, [markerFinding('a')]);
    await silentAudit(projectId, { isRuleOff: true });
    await audit(projectId, []);

    const again = await audit(projectId, [markerFinding('a')]);

    expect(await statesOf(again)).toEqual({ a: 'reopened' });
  });

  test('is not fixed as long as its rule goes by other options', async () => {
    const projectId = await createProject(team);
    await audit(projectId, [markerFinding('a')]);
    await silentAudit(projectId, { policy: OTHER_OPTIONS });
    const still = await silentAudit(projectId, { policy: OTHER_OPTIONS });
    const gone = await listFindings(team.as('viewer'), projectId, FindingFilter.parse({ state: 'fixed' }));

    const fixed = await audit(projectId, []);

    expect(gone.total).toBe(0);
    const [whileOther, afterwards] = await Promise.all(
      [still, fixed].map((id) => db().audit.findUniqueOrThrow({ where: { id } })),
    );
    expect([whileOther?.fixedCount, afterwards?.fixedCount]).toEqual([0, 0]);
    const { total } = await listFindings(team.as('viewer'), projectId, FindingFilter.parse({ state: 'fixed' }));
    expect(total).toBe(1);
  });

  test('that was fixed and other options find is not reopened; what comes by the same options later is new', async () => {
    const projectId = await createProject(team);
    await audit(projectId, [markerFinding('a')]);
    await audit(projectId, []);
    await db().team.update({ where: { id: team.teamId }, data: { policy: OTHER_OPTIONS } });
    const branch = await audit(projectId, [markerFinding('a')], 'next');
    const found = await audit(projectId, [markerFinding('a')]);
    const later = await audit(projectId, [markerFinding('a'), markerFinding('b')]);
    await db().team.update({ where: { id: team.teamId }, data: { policy: {} } });

    expect(await Promise.all([branch, found, later].map(statesOf))).toEqual([
      { a: 'existing' },
      { a: 'existing' },
      { a: 'existing', b: 'new' },
    ]);
    expect(await Promise.all([branch, found, later].map(newMediumsOf))).toEqual([0, 0, 1]);
  });

  test('on another branch at an ignored path is not fixed', async () => {
    const projectId = await createProject(team);
    await audit(projectId, [markerFinding('a')]);
    const branch = await silentAudit(projectId, { policy: { ignorePaths: ['src/**'] }, branch: 'next' });

    expect(await db().audit.findUniqueOrThrow({ where: { id: branch } })).toMatchObject({ fixedCount: 0 });
  });

  test('on another branch is told against the project’s, and leaves that as it is', async () => {
    const projectId = await createProject(team);
    await audit(projectId, [markerFinding('a')]);

    const branch = await audit(projectId, [markerFinding('b')], 'next');

    expect(await statesOf(branch)).toEqual({ b: 'new' });
    const { items } = await listFindings(team.as('viewer'), projectId, FindingFilter.parse({}));
    expect(items.map(({ path }) => path)).toEqual(['src/a.ts']);
    const [listed] = (await listAuditFindings(team.as('viewer'), branch, FindingFilter.parse({}))).items;
    expect(listed).toMatchObject({ path: 'src/b.ts', findingId: null, firstSeenAt: null });
  });
});

describe('the findings of a project', () => {
  test('are paged through worst first, each once', async () => {
    const projectId = await createProject(team);
    const severities = ['low', 'critical', 'medium', 'high', 'low'] as const;
    await audit(
      projectId,
      severities.map((severity, place) => markerFinding(`f${place}`, { severity })),
    );

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const filter = FindingFilter.parse({ limit: 2, ...(cursor && { cursor }) });
      const page = await listFindings(team.as('viewer'), projectId, filter);
      seen.push(...page.items.map(({ severity }) => severity));
      cursor = page.nextCursor;
    } while (cursor);

    expect(seen).toEqual(['critical', 'high', 'medium', 'low', 'low']);
  });

  test('that were fixed are gone from the open ones and kept for who asks', async () => {
    const projectId = await createProject(team);
    await audit(projectId, [markerFinding('a'), markerFinding('b')]);
    await audit(projectId, [markerFinding('b')]);

    const [open, fixed] = await Promise.all(
      ['open', 'fixed'].map((state) => listFindings(team.as('viewer'), projectId, FindingFilter.parse({ state }))),
    );

    expect([open?.items.map(({ path }) => path), fixed?.items.map(({ path }) => path)]).toEqual([
      ['src/b.ts'],
      ['src/a.ts'],
    ]);
    expect(open?.counts).toMatchObject({ medium: 1, critical: 0 });
  });

  test('are searched for as written: wildcards of the database are text', async () => {
    const projectId = await createProject(team);
    await audit(projectId, [markerFinding('a', { path: 'src/100%.ts' }), markerFinding('b')]);

    const { items } = await listFindings(team.as('viewer'), projectId, FindingFilter.parse({ path: '0%' }));
    const nothing = await listFindings(team.as('viewer'), projectId, FindingFilter.parse({ path: '0_' }));

    expect(items.map(({ path }) => path)).toEqual(['src/100%.ts']);
    expect(nothing.total).toBe(0);
  });

  test('are searched for by the words a reader sees, in either language, and their values', async () => {
    const projectId = await createProject(team);
    const print = { ruleId: 'integrity/no-debug-leftover', messageId: 'print', data: { callee: 'console.log' } };
    const auditId = await audit(projectId, [
      markerFinding('a', print),
      markerFinding('b', { ...print, data: { callee: 'dbg_100%' } }),
      markerFinding('c'),
    ]);
    const found = async (search: string) => {
      const filter = FindingFilter.parse({ search });
      const pages = await Promise.all([
        listFindings(team.as('viewer'), projectId, filter),
        listAuditFindings(team.as('viewer'), auditId, filter),
      ]);
      return pages.map(({ items }) => items.map(({ path }) => path?.slice(4, 5)).join(''));
    };

    const searched = await Promise.all(
      [
        'Writes to the Console',
        'コンソール',
        'No debugging',
        'CONSOLE.LOG',
        '_100%',
        '_00',
        'callee',
        "' or 1=1 --",
      ].map(found),
    );

    expect(searched).toEqual([
      ['ab', 'ab'],
      ['ab', 'ab'],
      ['ab', 'ab'],
      ['a', 'a'],
      ['b', 'b'],
      ['', ''],
      ['', ''],
      ['', ''],
    ]);
  });

  test('are hidden from another team, one by one and in lists', async () => {
    const projectId = await createProject(team);
    const auditId = await audit(projectId, [markerFinding('a')]);
    const { id } = await db().finding.findFirstOrThrow({ where: { projectId } });
    const stranger = (await createTeam()).as('owner');
    const filter = FindingFilter.parse({});

    const asked = await Promise.allSettled([
      listFindings(stranger, projectId, filter),
      listAuditFindings(stranger, auditId, filter),
      exportAudit(stranger, auditId, SARIF),
      listAuditSuppressions(stranger, auditId),
      getFinding(stranger, id),
      getFinding(stranger, randomUUID()),
    ]);

    expect(asked).toEqual(
      asked.map(() => ({ status: 'rejected', reason: expect.objectContaining({ code: 'not_found' }) })),
    );
  });
});

describe('findings that the repository asks to let stand', () => {
  const SUPPRESSION: Suppression = {
    source: 'settings',
    path: '.elder.yml',
    line: 3,
    reason: 'agreed with the bank',
    expires: '2030-12-31',
  };
  const USE: SuppressionUse = {
    ...SUPPRESSION,
    ruleId: MARKER_RULE,
    target: 'src/**',
    state: 'used',
    suppressed: 1,
    kept: 0,
  };
  const judged = (projectId: string, open: Finding[], suppressed: Finding[], branch?: string) => {
    const results = [
      {
        ...magicResult('integrity', open, JUDGED),
        suppressed: suppressed.map((finding) => ({ ...finding, suppression: SUPPRESSION })),
        suppressions: suppressed.length > 0 ? [USE] : [],
      },
    ];
    return runJudgedAudit(team.as('member'), projectId, { results, ...(branch && { branch }) });
  };
  const [a, b] = [markerFinding('a'), markerFinding('b')];

  test('are listed with the reason, and are not open', async () => {
    const projectId = await createProject(team);
    const auditId = await judged(projectId, [a], [b]);

    const [open, suppressed] = await Promise.all(
      ['open', 'suppressed'].map((state) => listFindings(team.as('viewer'), projectId, FindingFilter.parse({ state }))),
    );

    expect(open?.items.map(({ path, suppression }) => [path, suppression])).toEqual([['src/a.ts', null]]);
    expect(suppressed?.items).toMatchObject([{ path: 'src/b.ts', state: 'suppressed', suppression: SUPPRESSION }]);
    expect(await countOpenFindings(projectId)).toBe(1);
    expect(await statesOf(auditId)).toEqual({ a: 'existing' });
    expect(await itemsOf(auditId, { state: 'suppressed' })).toMatchObject([{ suppression: SUPPRESSION }]);
    expect(await listAuditSuppressions(team.as('viewer'), auditId)).toMatchObject({
      items: [{ ...USE, magic: 'integrity' }],
      counts: { used: 1, unused: 0 },
      settingsErrors: 0,
      ignored: null,
    });
    const { runs } = await sarifOf(auditId);
    expect(
      runs[0]?.results.map((result) => result.suppressions?.map(({ kind, justification }) => [kind, justification])),
    ).toEqual([undefined, [['external', SUPPRESSION.reason]]]);
    // What may stand is not new to the branch.
    expect(runs[0]?.results.at(-1)?.baselineState).toBe('unchanged');
  });

  test('are neither new nor fixed, and come back as reopened', async () => {
    const projectId = await createProject(team);
    await judged(projectId, [a], []);
    const second = await judged(projectId, [], [a, b]);
    const third = await judged(projectId, [a, b], []);

    const fixedCounts = await db().audit.findMany({ where: { projectId }, select: { fixedCount: true } });

    expect(await newMediumsOf(second)).toBe(0);
    expect(await statesOf(third)).toEqual({ a: 'reopened', b: 'reopened' });
    expect(await newMediumsOf(third)).toBe(2);
    expect(fixedCounts).toEqual(fixedCounts.map(() => ({ fixedCount: 0 })));
  });

  test('are fixed when they are gone', async () => {
    const projectId = await createProject(team);
    await judged(projectId, [b], [a]);
    const elsewhere = await judged(projectId, [], [], 'next');
    const gone = await judged(projectId, [], []);

    const counts = await db().audit.findMany({
      where: { id: { in: [elsewhere, gone] } },
      select: { fixedCount: true },
    });
    const { items } = await listFindings(team.as('viewer'), projectId, FindingFilter.parse({ state: 'fixed' }));

    expect(items.map(({ path, state, suppression }) => [path, state, suppression])).toEqual([
      ['src/a.ts', 'fixed', null],
      ['src/b.ts', 'fixed', null],
    ]);
    expect(counts).toEqual([{ fixedCount: 1 }, { fixedCount: 1 }]);
  });

  test('are not fixed when there are more than are kept', async () => {
    const projectId = await createProject(team);
    await judged(projectId, [], [a]);
    const flooded = { ...magicResult('integrity', [], JUDGED), suppressed: [] };
    const rules = flooded.rules.map((rule) => ({ ...rule, suppressed: MAX_FINDINGS_PER_RULE + 1 }));
    await runJudgedAudit(team.as('member'), projectId, { results: [{ ...flooded, rules }] });

    const { items } = await listFindings(team.as('viewer'), projectId, FindingFilter.parse({ state: 'suppressed' }));

    expect(items).toMatchObject([{ path: 'src/a.ts' }]);
  });

  test('on another branch are compared, and written nowhere', async () => {
    const projectId = await createProject(team);
    await judged(projectId, [a], [b]);
    const swapped = await judged(projectId, [b], [a], 'next');

    const { fixedCount } = await db().audit.findUniqueOrThrow({ where: { id: swapped } });

    expect(await statesOf(swapped)).toEqual({ b: 'reopened' });
    expect(fixedCount).toBe(0);
    expect(await countOpenFindings(projectId)).toBe(1);
  });
});

test('SARIF of an audit that read nothing is not found', async () => {
  const projectId = await createProject(team);
  const auditId = await audit(projectId, []);
  await db().audit.update({ where: { id: auditId }, data: { commitId: null } });

  await expect(exportAudit(team.as('viewer'), auditId, SARIF)).rejects.toMatchObject({ code: 'not_found' });
});

const SARIF = { format: 'sarif', language: 'en' } as const;

function audit(projectId: string, findings: Finding[], branch?: string): Promise<string> {
  const results = [magicResult('integrity', findings, JUDGED)];
  return runJudgedAudit(team.as('member'), projectId, { results, ...(branch && { branch }) });
}

/** By which the marker rule may find what it does not find without them, and the other way round. */
const OTHER_OPTIONS = { rules: { [MARKER_RULE]: { options: { terms: ['LATER'] } } } };

interface Silent {
  isRuleOff?: boolean;
  policy?: object;
  ignored?: string[];
  branch?: string;
}

/** An audit in which the marker rule has nothing to say of `src`. */
async function silentAudit(projectId: string, { isRuleOff, policy = {}, ignored, branch }: Silent): Promise<string> {
  const result = magicResult('integrity', [], isRuleOff ? {} : JUDGED);
  const globs = ignored?.map((glob) => ({ glob, files: 1 }));
  await db().team.update({ where: { id: team.teamId }, data: { policy } });
  const results = [{ ...result, ignored: globs ? { isRefused: false, files: 1, codeLines: 1, globs } : null }];
  const auditId = await runJudgedAudit(team.as('member'), projectId, { results, ...(branch && { branch }) });
  await db().team.update({ where: { id: team.teamId }, data: { policy: {} } });
  return auditId;
}

async function itemsOf(auditId: string, filter: object = {}) {
  return (await listAuditFindings(team.as('viewer'), auditId, FindingFilter.parse(filter))).items;
}

async function statesOf(auditId: string) {
  return Object.fromEntries((await itemsOf(auditId)).map(({ fingerprint, state }) => [fingerprint[0], state]));
}

async function namesOf(auditId: string, filter: object) {
  return (await itemsOf(auditId, filter)).map(({ fingerprint }) => fingerprint[0]);
}

async function newMediumsOf(auditId: string): Promise<unknown> {
  const { newCounts } = await db().audit.findUniqueOrThrow({ where: { id: auditId } });
  return (newCounts as Record<string, number>).medium;
}

async function sarifOf(auditId: string): Promise<ReturnType<typeof buildSarif>> {
  const { body } = await exportAudit(team.as('viewer'), auditId, SARIF);
  return JSON.parse(String(body));
}

async function baselinesOf(auditId: string) {
  const { runs } = await sarifOf(auditId);
  return Object.fromEntries(
    (runs[0]?.results ?? []).map((result) => [
      result.locations?.[0]?.physicalLocation.artifactLocation.uri.slice(4, 5),
      result.baselineState,
    ]),
  );
}
