import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import type { DependencyMap } from '@/lib/magics/maps/dependency-map';
import { closePublisher } from '@/lib/realtime/publish';
import { EXPORT_FORMATS } from '@/lib/schemas/export-formats';
import { ExportRequest } from '@/lib/schemas/exports';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { MARKER_RULE, magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { exportAudit } from './audit-export';
import { packMap } from './audit-maps';
import { requestAudit } from './audits';
import { findEvidence } from './evidence';
import { importFindings } from './imports';
import { triageFinding } from './triage';

let database: TestDatabase;
let team: TestTeam;
let auditId: string;

const SUPPRESSION = { source: 'settings', path: '.elder.yml', line: 3, reason: '=later', expires: null } as const;

beforeAll(async () => {
  database = await testDatabase();
  team = await createTeam();
  const projectId = await createProject(team, { path: 'https://example.org/team/app.git' });
  await db().project.update({ where: { id: projectId }, data: { name: '../決済 "app"\r\n' } });
  const suppressed = { ...markerFinding('c', { severity: 'critical' }), suppression: SUPPRESSION };
  const findings = [
    markerFinding('a', { path: '=cmd|calc\u0001.ts', formerFingerprint: 'former' }),
    markerFinding('b', { severity: 'high' }),
  ];
  const none = { now: 0, files: [], rows: [], lockFiles: [], unlocked: [], advisories: null } satisfies DependencyMap;
  auditId = await runJudgedAudit(team.as('member'), projectId, {
    results: [{ ...magicResult('integrity', findings), suppressed: [suppressed] }],
    map: await packMap('dependencies', none),
  });
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

async function exported(request: Partial<ExportRequest>, asker = team.as('viewer')) {
  const { body, ...kind } = await exportAudit(asker, auditId, ExportRequest.parse(request));
  return { ...kind, bytes: Buffer.from(await new Response(body).arrayBuffer()) };
}

const textOf = async (request: Partial<ExportRequest>) => (await exported(request)).bytes.toString();
const jsonOf = async (request: Partial<ExportRequest>) => JSON.parse(await textOf(request));

test('every format is a file with a name that is safe anywhere', async () => {
  const all = await Promise.all(EXPORT_FORMATS.map((format) => exported({ format })));

  expect(all.map(({ contentType, fileName }) => [contentType.split(';')[0], fileName])).toEqual([
    ['text/html', 'app-audit-1.html'],
    ['application/pdf', 'app-audit-1.pdf'],
    ['text/csv', 'app-audit-1.csv'],
    ['application/json', 'app-audit-1.json'],
    ['application/sarif+json', 'app-audit-1.sarif'],
    ['application/xml', 'app-audit-1.junit.xml'],
    ['application/json', 'app-audit-1.gl-code-quality.json'],
    ['application/vnd.cyclonedx+json', 'app-audit-1.cdx.json'],
  ]);
  expect(all.every(({ bytes }) => bytes.length > 100 && !bytes.includes('former'))).toBe(true);
  expect(all[1]?.bytes.subarray(0, 5).toString()).toBe('%PDF-');
});

test('CSV holds all findings, the open and severe first, and nothing that a spreadsheet would run', async () => {
  const [heads, ...lines] = (await textOf({ format: 'csv', language: 'ja' })).trimEnd().split('\r\n');

  expect(heads).toContain('\uFEFF"severity","state"');
  expect(lines).toEqual([
    expect.stringMatching(/^"high","existing".*「TODO」/),
    expect.stringMatching(/^"medium","existing".*"'=cmd\|calc/),
    expect.stringMatching(/^"critical","suppressed".*"'=later"/),
  ]);
});

test('JSON says what the audit said, with states and evidence', async () => {
  const report = await jsonOf({ format: 'json' });

  expect(report).toMatchObject({
    audit: { number: 1, isPartial: false, isFiltered: false, evidence: await findEvidence(auditId) },
    gate: { status: expect.any(String), failUnder: 60, reason: expect.stringMatching(/\w/) },
    magicResults: { integrity: { score: 90 } },
    findings: [{ severity: 'high', state: 'existing' }, { severity: 'medium' }],
    suppressed: [{ severity: 'critical', state: 'suppressed', suppression: SUPPRESSION }],
  });
});

test('SARIF names the repository and keeps what was there before apart from what is new', async () => {
  const { runs } = await jsonOf({ format: 'sarif' });

  expect(runs[0].versionControlProvenance).toMatchObject([{ repositoryUri: 'https://example.org/team/app.git' }]);
  expect(runs[0].results.map((one: { baselineState: string }) => one.baselineState)).toEqual(
    Array(3).fill('unchanged'),
  );
});

test('JUnit is valid XML without control characters, with all that a rule found', async () => {
  const xml = await textOf({ format: 'junit' });

  expect(XMLValidator.validate(xml)).toBe(true);
  expect(xml).not.toMatch(/[^\P{Cc}\r\n]/u);
  const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(xml);
  expect(testsuites.testsuite.testcase).toMatchObject({ failure: { '@_message': '2' } });
});

test('a magic that is missing is told in every format that tells of magics', async () => {
  const { projectId } = await db().audit.findUniqueOrThrow({ where: { id: auditId } });
  const partial = await runJudgedAudit(team.as('member'), projectId, {
    results: [magicResult('integrity')],
    crashed: ['tdd'],
  });
  const tell = async (format: ExportRequest['format']) => {
    const { body } = await exportAudit(team.as('viewer'), partial, ExportRequest.parse({ format }));
    return new Response(body).text();
  };

  expect(JSON.parse(await tell('json'))).toMatchObject({
    resultHash: null,
    audit: { isPartial: true, missingMagics: ['tdd'] },
  });
  expect(JSON.parse(await tell('sarif')).runs[0].invocations[0]).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [{ level: 'error', properties: { magic: 'tdd' } }],
  });
  expect(await tell('junit')).toContain('errors="1" skipped="0">\n    <testcase classname="tdd"');
  expect(await tell('html')).toContain('This audit is partial');
});

describe('what other tools reported', () => {
  const SARIF = {
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Semgrep OSS',
            version: '1.99',
            rules: [{ id: 'no-eval', helpUri: 'https://semgrep.dev/r' }],
          },
        },
        automationDetails: { id: 'nightly/1' },
        results: [
          { ruleId: 'no-eval', level: 'error', message: { text: '=evil & <b>' }, locations: [place('src/x.ts', 4)] },
          { ruleId: 'no-eval', level: 'note', message: { text: 'let stand' }, locations: [place('src/y.ts', 1)] },
        ],
      },
    ],
  };
  function place(uri: string, startLine: number) {
    return { physicalLocation: { artifactLocation: { uri }, region: { startLine } } };
  }
  let older: string;
  let newest: string;
  const tell = async (request: Partial<ExportRequest>, id = newest) => {
    const { body } = await exportAudit(team.as('viewer'), id, ExportRequest.parse(request));
    return Buffer.from(await new Response(body).arrayBuffer()).toString();
  };

  beforeAll(async () => {
    const projectId = await createProject(team, { path: 'https://example.org/team/imported.git' });
    const results = [magicResult('integrity', [markerFinding('own')])];
    older = await runJudgedAudit(team.as('member'), projectId, { results });
    newest = await runJudgedAudit(team.as('member'), projectId, { results });
    const bytes = new TextEncoder().encode(JSON.stringify(SARIF));
    await importFindings(team.as('member'), projectId, { commit: 'e'.repeat(40) }, async () => bytes);
    const standing = await db().finding.findFirstOrThrow({ where: { projectId, path: 'src/y.ts' } });
    await triageFinding(team.as('member'), standing.id, { verdict: 'accepted', reason: 'known' });
  });

  test('is a run of its own in SARIF, as the tool calls its rules', async () => {
    const { runs } = JSON.parse(await tell({ format: 'sarif' }));

    expect(runs.map((run: { tool: { driver: { name: string } } }) => run.tool.driver.name)).toEqual([
      'Ancient Elder',
      'Semgrep OSS',
    ]);
    expect(runs[1]).toMatchObject({
      tool: { driver: { version: '1.99', rules: [{ id: 'no-eval', helpUri: 'https://semgrep.dev/r' }] } },
      automationDetails: { id: 'nightly/' },
      results: [
        { ruleId: 'no-eval', level: 'error', message: { text: '=evil & <b>' } },
        { level: 'note', suppressions: [{ justification: 'known' }] },
      ],
    });
  });

  test('names the tool in every other format that lists findings', async () => {
    const csv = (await tell({ format: 'csv' })).trimEnd().split('\r\n');
    expect(csv.at(0)).toMatch(/"tool"$/);
    expect(csv.filter((line) => line.endsWith('"Ancient Elder"'))).toHaveLength(1);
    expect(csv.filter((line) => line.endsWith('"Semgrep OSS"'))).toEqual([
      expect.stringMatching(/^"high","existing","imported","semgrep-oss\/no-eval".*"'=evil & <b>"/),
      expect.stringMatching(/^"low","accepted".*"known"/),
    ]);
    expect(JSON.parse(await tell({ format: 'json' })).otherTools).toMatchObject([
      { toolName: 'Semgrep OSS', category: 'nightly', findings: [{ state: 'existing' }, { state: 'accepted' }] },
    ]);
    expect(JSON.parse(await tell({ format: 'gitlab' }))).toMatchObject([
      { description: expect.stringContaining('TODO') },
      { description: 'Semgrep OSS: =evil & <b>', check_name: 'semgrep-oss/no-eval', location: { path: 'src/x.ts' } },
    ]);
    const html = await tell({ format: 'html' });
    expect(html).toContain('Reported by Semgrep OSS 1.99 (nightly): 1');
    expect(html).toContain('=evil &amp; &lt;b&gt;');
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(await tell({ format: 'junit' }));
    expect(testsuites.testsuite.at(-1)).toMatchObject({
      '@_name': 'Semgrep OSS 1.99 (nightly)',
      testcase: { '@_name': 'no-eval', failure: { '@_message': '1' } },
    });
    expect((await tell({ format: 'pdf' })).length).toBeGreaterThan(1_000);
  });

  test('is narrowed by the filter, and left out where rules of ours are asked for', async () => {
    const others = async (request: Partial<ExportRequest>) =>
      JSON.parse(await tell({ format: 'json', ...request })).otherTools[0].findings.length;

    expect(await others({ magic: 'imported' })).toBe(2);
    expect(await others({ magic: 'imported', severity: 'high' })).toBe(1);
    expect(await others({ state: 'accepted' })).toBe(1);
    expect(await others({ magic: 'integrity' })).toBe(0);
    expect(await others({ framework: 'iso27001' })).toBe(0);
  });

  test('is not known of an older audit, which says so', async () => {
    expect(JSON.parse(await tell({ format: 'json' }, older)).otherTools).toBeNull();
    expect(await tell({ format: 'html' }, older)).toContain('told with the newest audit alone');
    expect(JSON.parse(await tell({ format: 'sarif' }, older)).runs).toHaveLength(1);
  });
});

describe('filters', () => {
  test('narrow lists of findings as they narrow those on the page', async () => {
    const paths = async (request: Partial<ExportRequest>) =>
      (await jsonOf({ format: 'gitlab', ...request })).map((one: { location: { path: string } }) => one.location.path);

    expect(await paths({})).toEqual(['src/b.ts', '=cmd|calc\u0001.ts']);
    expect(await paths({ severity: 'high' })).toEqual(['src/b.ts']);
    expect(await paths({ path: 'CMD' })).toEqual(['=cmd|calc\u0001.ts']);
    expect(await paths({ magic: 'git' })).toEqual([]);
    expect(await paths({ framework: 'iso27001' })).toHaveLength(2);
    expect(await paths({ framework: 'osps' })).toEqual([]);
    expect(await paths({ state: 'new' })).toEqual([]);
    expect(await textOf({ format: 'html', state: 'suppressed' })).toContain('src/c.ts');
    expect(await textOf({ format: 'html', rule: MARKER_RULE })).toContain('chose by a filter');
  });

  test('are refused where there is no list to narrow, and where they name nothing', async () => {
    for (const request of [
      { format: 'junit', severity: 'high' },
      { format: 'cyclonedx', path: 'src' },
      { format: 'junit', framework: 'osps' },
      { format: 'csv', framework: 'iso9001' },
      { format: 'csv', severity: 'grave' },
    ] as const) {
      await expect(exported(request)).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });
});

test('an audit that waits is a conflict, one that was cancelled is not there', async () => {
  const projectId = await createProject(team);
  const { taskId } = await requestAudit(
    team.as('member'),
    projectId,
    { auditType: 'full', priority: 'normal' },
    { trigger: 'manual' },
  );
  const request = () => exportAudit(team.as('viewer'), taskId, ExportRequest.parse({ format: 'csv' }));

  await expect(request()).rejects.toMatchObject({ code: 'conflict' });
  await db().audit.update({ where: { id: taskId }, data: { status: 'cancelled' } });
  await expect(request()).rejects.toMatchObject({ code: 'not_found' });
});

test('another team does not find it', async () => {
  const stranger = await createTeam();

  await expect(exported({ format: 'pdf' }, stranger.as('owner'))).rejects.toMatchObject({ code: 'not_found' });
});
