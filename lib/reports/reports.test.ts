import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { magics } from '@/lib/magics/registry';
import type { Finding, MagicResult, RuleResult, Suppression } from '@/lib/magics/types';
import type { AuditReport } from './audit-report';
import { buildJsonReport } from './json';
import { buildJunit } from './junit';
import { buildSarif } from './sarif';
import { createPaint, padEnd, plain, widthOf } from './terminal';
import { buildText } from './text';

const [integrity] = magics;
const [rule] = integrity?.rules ?? [];
if (!integrity || !rule) throw new Error('the first magic has no rule');
const [messageId = ''] = Object.keys(rule.messages);

const PLACES = [...(rule.messages[messageId]?.en ?? '').matchAll(/\{(\w+)\}/g)].map(([, place = '']) => place);
const HOSTILE = 'src/<a>&"b"\u001b[31m\u202e日本 #?.ts';

const finding: Finding = {
  ruleId: rule.id,
  magic: 'integrity',
  severity: 'high',
  confidence: 0.9,
  path: HOSTILE,
  startLine: 3,
  endLine: 4,
  related: [{ path: 'src/b.ts', line: 7 }],
  commits: [],
  messageId,
  data: Object.fromEntries(PLACES.map((place) => [place, 'FIXME'])),
  evidence: null,
  fingerprint: 'f'.repeat(64),
};

const ruleResult: RuleResult = {
  ruleId: rule.id,
  outcome: 'failed',
  value: 1,
  population: null,
  good: 0,
  bad: 3,
  score: 66.7,
  weight: 1,
  isInformational: false,
  findings: 1,
  dropped: 0,
  suppressed: 0,
  reason: null,
  metrics: {},
};

const result: MagicResult = {
  magic: 'integrity',
  magicVersion: 1,
  status: 'warning',
  score: 66.7,
  coverage: 0.5,
  cap: null,
  subScores: [],
  rules: [
    ruleResult,
    {
      ...ruleResult,
      ruleId: 'integrity/no-other',
      outcome: 'not-available',
      findings: 0,
      reason: { id: 'shallow', data: {} },
    },
    {
      ...ruleResult,
      ruleId: 'integrity/no-broken',
      outcome: 'error',
      findings: 0,
      reason: { id: 'threw', data: { error: '<x>' } },
    },
    { ...ruleResult, ruleId: 'integrity/no-passed', outcome: 'passed', findings: 0 },
  ],
  findings: [finding],
  suppressed: [],
  suppressions: [],
  words: [],
  ignored: null,
  counts: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
  metrics: {},
  skipped: [
    { ruleId: 'integrity/no-other', reason: 'shallow', data: {} },
    { ruleId: 'integrity/no-broken', reason: 'threw', data: { error: '<x>' } },
  ],
  analysedFiles: 1,
  analysedCommits: 0,
};

const report: AuditReport = {
  project: 'demo',
  commit: 'c'.repeat(40),
  branch: 'main',
  resultHash: 'a'.repeat(64),
  rulePackVersion: 1,
  health: 66.7,
  coverage: 0.5,
  gate: { gate: 'passed', isPassed: true, failUnder: 60, reason: 'fine' },
  results: [result],
  weights: { integrity: 20 },
  stats: { files: 1, lines: 10, commits: 2, cpuMs: 5, wallMs: 1_500, maxRssBytes: 1 },
  fixes: null,
  language: 'en',
};

const SUPPRESSION: Suppression = {
  source: 'line',
  path: 'src/a b.ts',
  line: 7,
  reason: 'agreed\u001b[31m',
  expires: null,
};
const use = { ...SUPPRESSION, ruleId: rule.id, target: 'src/a b.ts', state: 'used', suppressed: 1, kept: 0 } as const;
const withSuppressed: AuditReport = {
  ...report,
  results: [
    {
      ...result,
      rules: [{ ...ruleResult, suppressed: 1 }],
      suppressed: [{ ...finding, suppression: SUPPRESSION }],
      suppressions: [
        use,
        {
          ...use,
          source: 'settings',
          path: '.elder.yml',
          line: 3,
          target: 'src/**',
          state: 'expired',
          suppressed: 0,
          expires: '2020-01-01',
        },
      ],
      ignored: { isRefused: false, files: 1_200, codeLines: 3, globs: [{ glob: 'old/**', files: 1_200 }] },
    },
  ],
};

describe('what a repository asked to let stand', () => {
  test('is a suppression with its justification in SARIF', () => {
    const [suppressed] = withSuppressed.results[0]?.suppressed ?? [];
    const { runs } = buildSarif({
      commit: report.commit,
      branch: 'main',
      repositoryUrl: null,
      findings: suppressed ? [finding, suppressed] : [],
      skipped: [],
      language: 'en',
      stateOf: () => 'new',
    });

    expect(runs[0]?.results.map(({ suppressions, baselineState }) => [suppressions, baselineState])).toEqual([
      [undefined, 'new'],
      [
        [
          {
            kind: 'inSource',
            status: 'accepted',
            justification: SUPPRESSION.reason,
            location: {
              physicalLocation: {
                artifactLocation: { uri: 'src/a%20b.ts', uriBaseId: 'SRCROOT' },
                region: { startLine: 7 },
              },
            },
          },
        ],
        'unchanged',
      ],
    ]);
  });

  test('is apart from the findings in JSON', () => {
    const json = buildJsonReport(withSuppressed);

    expect(json.findings).toHaveLength(1);
    expect(json.suppressed).toMatchObject([{ status: 'suppressed', suppression: SUPPRESSION }]);
    expect(json.suppressions.map(({ path, state }) => [path, state])).toEqual([
      ['.elder.yml', 'expired'],
      ['src/a b.ts', 'used'],
    ]);
    expect(json.ignoredPaths).toMatchObject({ files: 1_200 });
  });

  test.each(['en', 'ja'] as const)('is counted in the text, and listed on request, in %s', (language) => {
    const counted = buildText({ ...withSuppressed, language }, { hasColour: false });
    const listed = buildText({ ...withSuppressed, language }, { hasColour: false, showsSuppressed: true });

    expect(counted).toContain('1,200');
    expect(counted).toContain('--show-suppressed');
    expect(counted).not.toContain('.elder.yml');
    expect(listed).toContain('.elder.yml:3');
    expect(listed).toContain('old/**');
    expect(listed).toContain('agreedU+001B[31m');
    expect(listed).not.toContain('\u001b');
  });

  test.each([
    ['en', 'it has 2 errors'],
    ['ja', '誤りが2件'],
  ] as const)('is told to have no effect where the file has errors, in %s', (language, words) => {
    const results = [{ ...result, metrics: { settings_errors: 2 } }];

    expect(buildText({ ...report, results, language }, { hasColour: false })).toContain(words);
  });

  test('is no section where nothing was asked for', () => {
    expect(buildText(report, { hasColour: false, showsSuppressed: true })).not.toContain('Asked for');
  });
});

describe('the SARIF log', () => {
  const build = () =>
    buildSarif({
      commit: report.commit,
      branch: 'main',
      repositoryUrl: 'https://example.com/a/b',
      findings: result.findings,
      skipped: result.skipped,
      language: 'en',
    });

  test('names rules by index and places by encoded address', () => {
    const [run] = build().runs;
    const [found] = run?.results ?? [];

    expect(run?.tool.driver.rules[found?.ruleIndex ?? -1]?.id).toBe(rule.id);
    expect(found).toMatchObject({ level: 'error', partialFingerprints: { 'elderFinding/v1': finding.fingerprint } });
    const uri = found?.locations[0]?.physicalLocation.artifactLocation.uri ?? '';
    expect(uri).toMatch(/^src\/[\w%.]+$/);
    expect(decodeURIComponent(uri)).toBe(HOSTILE);
  });

  test('says what was not evaluated, and fails when a rule broke', () => {
    const [invocation] = build().runs[0]?.invocations ?? [];

    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications).toMatchObject([
      { associatedRule: { id: 'integrity/no-other' } },
      { associatedRule: { id: 'integrity/no-broken' } },
    ]);
  });

  test('gives a fix as lines that are replaced', () => {
    const replacements = [
      { startLine: 2, endLine: 3, text: '' },
      { startLine: 5, endLine: 5, text: 'a\r\n' },
    ];
    const fixes = new Map([[finding.fingerprint, { fingerprint: finding.fingerprint, patch: '', replacements }]]);
    const log = buildSarif({
      commit: 'c',
      branch: null,
      repositoryUrl: null,
      findings: [finding],
      skipped: [],
      language: 'en',
      fixes,
    });

    const [fix] = log.runs[0]?.results[0]?.fixes ?? [];
    expect(fix?.artifactChanges[0]?.replacements).toEqual([
      { deletedRegion: { startLine: 2, startColumn: 1, endLine: 4, endColumn: 1 } },
      { deletedRegion: { startLine: 5, startColumn: 1, endLine: 6, endColumn: 1 }, insertedContent: { text: 'a\r\n' } },
    ]);
  });

  test('gives a finding of no file a place, for GitHub refuses the whole log without it', () => {
    const findings = [{ ...finding, path: null, startLine: null, endLine: null, related: [] }];
    const log = buildSarif({ commit: 'c', branch: null, repositoryUrl: null, findings, skipped: [], language: 'ja' });

    expect(log.runs[0]?.results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'whole-repository', uriBaseId: 'SRCROOT' },
          region: { startLine: 1 },
        },
      },
    ]);
    expect(log.runs[0]?.versionControlProvenance).toEqual([]);
  });
});

describe('the JUnit report', () => {
  test('is XML whatever a repository names its files', () => {
    const xml = buildJunit({ ...report, project: '</testsuites>\u0000' });

    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).not.toContain('\u001b');
  });

  test('counts failures, errors and what was skipped', () => {
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(buildJunit(report));

    expect(parsed.testsuites.testsuite).toMatchObject({
      '@_tests': '4',
      '@_failures': '1',
      '@_errors': '1',
      '@_skipped': '1',
    });
  });
});

describe('the JSON report', () => {
  test('has the fields that scripts read', () => {
    expect(buildJsonReport(report)).toMatchObject({
      project: 'demo',
      commit: report.commit,
      resultHash: report.resultHash,
      overallHealthScore: 66.7,
      magicResults: { integrity: { status: 'warning', score: 66.7, violations: 1 } },
      findings: [{ ruleId: rule.id, path: HOSTILE, startLine: 3, fingerprint: finding.fingerprint }],
      stats: { files: 1, lines: 10, commits: 2 },
    });
    expect(buildJsonReport(report).skipped).toHaveLength(2);
  });

  test('calls a finding fixable by its rule, and gives its patch where there is one', () => {
    const fixable = { ...finding, ruleId: 'integrity/no-debug-leftover', messageId: 'debugger', fingerprint: 'a' };
    const hopeless = { ...fixable, fingerprint: 'b' };
    const fix = { fingerprint: 'a', patch: '--- a\n', replacements: [] };
    const results = [{ ...result, findings: [fixable, hopeless, finding] }];

    const { findings } = JSON.parse(
      JSON.stringify(buildJsonReport({ ...report, results, fixes: new Map([['a', fix]]) })),
    );

    expect(findings).toMatchObject([{ isFixable: true, patch: '--- a\n' }, { isFixable: true }, { isFixable: false }]);
    expect(findings[1]).not.toHaveProperty('patch');
  });
});

describe('the text report', () => {
  test.each(['en', 'ja'] as const)('shows health, magics, findings and what is missing in %s', (language) => {
    const text = buildText({ ...report, language }, { hasColour: false });

    expect(text).toContain('66.7');
    expect(text).toContain(integrity.title[language]);
    expect(text).toContain(rule.id);
    expect(text).toContain('git fetch --unshallow');
    for (const place of PLACES) expect(text).not.toContain(`{${place}}`);
  });

  test('obeys no control or direction character of a repository', () => {
    const text = buildText(report, { hasColour: false });

    expect([text.includes('\u001b'), text.includes('\u202e')]).toEqual([false, false]);
  });

  test('is the same text with colours', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
    const bare = buildText(report, { hasColour: true }).replace(/\u001b\[\d+m/g, '');

    expect(bare).toBe(buildText(report, { hasColour: false }));
  });

  test('marks a gate by its verdict, a warning as one', () => {
    const marks = (['passed', 'warning', 'failed'] as const).map((gate) => {
      const verdict = { ...report.gate, gate, isPassed: gate !== 'failed' };
      return /(\S) fine/.exec(buildText({ ...report, gate: verdict }, { hasColour: false }))?.[1];
    });

    expect(marks).toEqual(['✔', '!', '✘']);
  });

  test('praises no health of which less than half was judged', () => {
    const text = buildText({ ...report, health: 100, coverage: 0.42 }, { hasColour: false });

    expect(text).toContain('inconclusive');
    expect(text).not.toContain('excellent');
    expect(buildText({ ...report, health: 100 }, { hasColour: false })).toContain('excellent');
  });

  test('praises no score of a magic of which less than half was judged, and says how much was', () => {
    const green = '\u001b[32m 95.0';
    const [little, whole] = [0.3, 1].map((coverage) => {
      const results = report.results.map((result) => ({ ...result, score: 95, coverage }));
      return buildText({ ...report, results }, { hasColour: true });
    });

    expect(whole).toContain(green);
    expect(whole).not.toContain('30 % judged');
    expect(little).not.toContain(green);
    expect(little).toContain('30 % judged');
  });

  test('shows no score where nothing was judged', () => {
    const nothing = {
      ...report,
      health: null,
      results: [{ ...result, score: null, status: 'not_applicable' as const, findings: [] }],
    };

    expect(buildText(nothing, { hasColour: false })).toContain('–');
  });
});

test('text for a terminal is measured in columns', () => {
  expect(widthOf('abc')).toBe(3);
  expect(widthOf('魔法')).toBe(4);
  expect(padEnd('魔法', 6)).toBe('魔法  ');
  expect(plain('a\u0007b\nc')).toBe('aU+0007b c');
  expect(createPaint(false).red('x')).toBe('x');
});

describe('the explained text', () => {
  const SECRET = { ...ruleResult, ruleId: 'strict/no-secret', value: 0, good: 0, bad: 1, score: 100, weight: 1 };
  const LONG = {
    ...ruleResult,
    ruleId: 'strict/no-long-function',
    value: 0.2,
    good: 0.03,
    bad: 0.2,
    score: 0,
    weight: 1,
  };
  const explained = (change: Partial<MagicResult>) => {
    const strict: MagicResult = { ...result, magic: 'strict', rules: [SECRET, LONG], score: 50, ...change };
    return buildText(
      { ...report, results: [strict], weights: { strict: 15 }, health: strict.score ?? 0 },
      { hasColour: false, isExplained: true },
    );
  };

  test('ends each sum in the number that is shown', () => {
    const lines = explained({ score: 49, cap: { limit: 49, ruleId: 'strict/no-secret' } }).split('\n');

    const points = (name: string) => Number(/[\d.]+$/.exec(lines.find((line) => line.includes(name)) ?? '')?.[0]);
    const [secret, long] = ['strict/no-secret  ', 'strict/no-long-function'].map(points);
    expect((secret ?? 0) + (long ?? 0)).toBe(points('  Sum'));
    expect(points('Cap by strict/no-secret')).toBe(49);
    expect(points('  Score')).toBe(49);
  });

  test('shows the value between its limits, and only where it is asked', () => {
    expect(explained({})).toContain('0.2 (0.03 … 0.2)');
    expect(buildText(report, { hasColour: false })).not.toContain('How the numbers come about');
  });

  test('says so where there is no score', () => {
    expect(explained({ score: null, rules: [] })).toContain('no score: nothing could be judged');
  });
});
