import { gzipSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { messageOf } from '@/lib/i18n/rule-text';
import { findRule } from '@/lib/magics/registry';
import { SEVERITIES, type Severity } from '@/lib/magics/types';
import type { AuditDocument, ReportFinding } from './audit-document';
import { csvOf } from './csv';
import { wordsOf } from './document-words';
import { buildGitlab } from './gitlab';
import { buildHtml } from './html';
import type { OtherTool } from './other-tools';
import { buildPdf } from './pdf';
import { GITHUB_LIMITS, writeSarif } from './sarif-limits';

const RULE = 'integrity/no-unfinished-code';

function findingOf(name: string, change: Partial<ReportFinding> = {}): ReportFinding {
  return {
    ruleId: RULE,
    magic: 'integrity',
    severity: 'medium',
    confidence: 0.9,
    path: `src/${name}.ts`,
    startLine: 3,
    endLine: 3,
    related: [],
    commits: [],
    messageId: 'marker',
    data: { marker: 'TODO' },
    evidence: null,
    fingerprint: name.padEnd(64, '0'),
    state: 'new',
    ...change,
  };
}

function documentOf(findings: readonly ReportFinding[], change: Partial<AuditDocument> = {}): AuditDocument {
  return {
    project: 'app',
    number: 7,
    branch: 'main',
    commit: 'c'.repeat(40),
    endedAt: '2026-11-01T10:01:00.000Z',
    isPartial: false,
    missingMagics: [],
    health: 82.4,
    coverage: 0.9,
    gate: { verdict: 'warning', reason: 'health is under 90' },
    magics: [
      {
        magic: 'integrity',
        status: 'warning',
        score: 82.4,
        coverage: 1,
        weight: 20,
        counts: { critical: 0, high: 0, medium: findings.length, low: 0, info: 0 },
      },
    ],
    findings,
    isFiltered: false,
    skipped: [{ ruleId: RULE, reason: 'shallow', data: {} }],
    resultHash: 'd'.repeat(64),
    evidence: { sequence: 7, keyId: 'e'.repeat(64) },
    ...change,
  };
}

function otherTool(toolName: string, names: readonly string[], severity: Severity = 'medium'): OtherTool {
  const tool = toolName.toLowerCase().replace(/ /g, '-');
  const findings = names.map((name) => ({
    ...findingOf(name, { severity }),
    ruleId: `${tool}/rule`,
    message: `${name} says`,
    helpUri: null,
    weaknesses: [],
    state: 'existing',
    suppression: undefined,
  }));
  return { tool, toolName, toolVersion: null, category: '', commit: 'c'.repeat(40), findings };
}

/** A reader of RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows.filter((cells) => cells.length > 1);
}

describe('CSV', () => {
  const textOf = (findings: readonly ReportFinding[]) => [...csvOf(findings, 'ja')].join('');

  test('begins with a byte order mark and reads back as it was, with commas, quotes and lines', () => {
    const path = 'src/"a",\r\nb.ts';
    const [heads = [], row = []] = readCsv(textOf([findingOf('a', { path, evidence: 'x' })]).slice(1));

    expect(textOf([]).charCodeAt(0)).toBe(0xfeff);
    expect(row).toHaveLength(heads.length);
    expect(Object.fromEntries(heads.map((head, index) => [head, row[index]]))).toMatchObject({
      severity: 'medium',
      state: 'new',
      rule: RULE,
      path,
      startLine: '3',
      message: '「TODO」は未完成の作業を示しています。',
      fix: findRule(RULE)?.fix.ja,
    });
  });

  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '\u3000=1',
    '=cmd|"/c calc"!A1',
  ])('takes %j for text, wherever it stands', (hostile) => {
    const finding = findingOf('a', {
      path: hostile,
      evidence: hostile,
      suppression: { source: 'team', verdict: 'accepted', reason: hostile, expires: null },
    });

    const cells = readCsv(textOf([finding]).slice(1))[1] ?? [];

    expect(cells.filter((text) => text === `'${hostile}`)).toHaveLength(3);
    expect(cells.filter((text) => /^[\s\u3000]*[=+\-@＝＋－＠]/u.test(text))).toEqual([]);
  });

  test('leaves what is no formula as it is', () => {
    const [, row] = readCsv(textOf([findingOf('a', { path: 'a=b-c@d.ts', evidence: 'NUL \u0000' })]).slice(1));

    expect(row).toEqual(expect.arrayContaining(['a=b-c@d.ts', 'NUL \uFFFD']));
  });
});

describe('GitLab Code Quality', () => {
  test('has every field it asks for, of open findings alone', () => {
    const suppression = { source: 'line', path: 'a', line: 1, reason: 'x', expires: null } as const;
    const entries = buildGitlab(
      [
        ...SEVERITIES.map((severity) => findingOf(severity, { severity })),
        findingOf('whole', { path: null, startLine: null }),
        findingOf('asked', { suppression }),
      ],
      'en',
    );

    expect(entries.map(({ severity }) => severity)).toEqual(['blocker', 'critical', 'major', 'minor', 'info', 'major']);
    expect(entries[0]).toEqual({
      description: messageOf(findingOf('a'), 'en'),
      check_name: RULE,
      fingerprint: 'critical'.padEnd(64, '0'),
      severity: 'blocker',
      location: { path: 'src/critical.ts', lines: { begin: 3 } },
    });
    expect(entries.at(-1)?.location).toEqual({ path: '.', lines: { begin: 1 } });
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
  });
});

describe('SARIF for GitHub', () => {
  const many = (count: number, severityOf: (index: number) => Severity) =>
    Array.from({ length: count }, (_, index) => findingOf(`f${index}`, { severity: severityOf(index) }));
  const input = { commit: 'c', branch: null, repositoryUrl: null, skipped: [], language: 'en' } as const;

  test('of 30,000 findings keeps 25,000, the most severe, and says what it left out', () => {
    const findings = many(30_000, (index) => (index % 3 === 0 ? 'critical' : index % 3 === 1 ? 'low' : 'high'));
    const log = JSON.parse(writeSarif({ ...input, findings }));

    const [run] = log.runs;
    const severities: Severity[] = run.results.map(
      (one: { properties: { severity: Severity } }) => one.properties.severity,
    );
    expect(log.runs).toHaveLength(1);
    expect(severities).toHaveLength(GITHUB_LIMITS.results);
    expect(severities.slice(0, 10_000).every((severity) => severity === 'critical')).toBe(true);
    expect(severities.filter((severity) => severity === 'low')).toHaveLength(5_000);
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      {
        level: 'warning',
        descriptor: { id: 'results-left-out' },
        message: { text: expect.stringContaining('5000 of 30000') },
        properties: { count: 5_000 },
      },
      {
        level: 'warning',
        descriptor: { id: 'results-not-shown' },
        message: { text: expect.stringContaining('first 5000') },
        properties: { count: 20_000 },
      },
    ]);
  });

  test('has a run of each other tool, as many as GitHub takes, and says what it left out', () => {
    const others = Array.from({ length: 25 }, (_, at) => otherTool(`Tool ${at}`, [`t${at}`]));

    const { runs } = JSON.parse(writeSarif({ ...input, findings: many(2, () => 'low'), others }));

    expect(runs).toHaveLength(GITHUB_LIMITS.runs);
    expect(runs[1].tool.driver.name).toBe('Tool 0');
    expect(runs[0].invocations[0].toolExecutionNotifications).toMatchObject([
      { descriptor: { id: 'results-left-out' }, properties: { count: 6 } },
    ]);
  });

  test('of too many other tools, those that found nothing are left out first', () => {
    const others = [...Array.from({ length: 20 }, (_, at) => otherTool(`Idle ${at}`, [])), otherTool('Late', ['late'])];

    const { runs } = JSON.parse(writeSarif({ ...input, findings: [], others }));

    expect(runs).toHaveLength(GITHUB_LIMITS.runs);
    expect(runs[1].tool.driver.name).toBe('Late');
    expect(runs[1].results).toHaveLength(1);
  });

  test('of a limit that both share, the most severe stay, whoever found them', () => {
    const limits = { ...GITHUB_LIMITS, results: 2 };
    const others = [otherTool('Semgrep', ['grave'], 'critical'), otherTool('ESLint', ['slight'], 'low')];

    const { runs } = JSON.parse(writeSarif({ ...input, findings: many(2, () => 'medium'), others }, { limits }));

    expect(runs.map(({ results }: { results: unknown[] }) => results.length)).toEqual([1, 1, 0]);
  });

  test('stays within the size of an upload, and puts what is let stand last', () => {
    const noise = (index: number) =>
      Array.from({ length: 40 }, (_, at) => ((index * 7919 + at * 104_729) % 1e9).toString(36)).join('/');
    const findings = many(2_000, () => 'high').map((one, index) => ({ ...one, path: noise(index) }));
    const suppression = { source: 'line', path: 'a', line: 1, reason: 'x', expires: null } as const;
    const given = [findingOf('asked', { severity: 'critical', suppression }), ...findings];
    const limits = { ...GITHUB_LIMITS, gzipBytes: 60_000 };

    const text = writeSarif({ ...input, findings: given }, { limits });

    const [run] = JSON.parse(text).runs;
    expect(gzipSync(text).length).toBeLessThanOrEqual(limits.gzipBytes);
    expect(run.results.length).toBeGreaterThan(50);
    expect(run.results.length).toBeLessThan(given.length);
    expect(run.results.some((one: object) => 'suppressions' in one)).toBe(false);
    expect(run.invocations[0].toolExecutionNotifications[0].properties.count).toBe(given.length - run.results.length);
  });

  test('shows as many places of a result and tags of a rule as GitHub does, and nothing of former fingerprints', () => {
    const related = Array.from({ length: 300 }, (_, index) => ({ path: `src/r${index}.ts`, line: 1 }));
    const text = writeSarif({ ...input, findings: [findingOf('a', { related, formerFingerprint: 'former' })] });

    const [run] = JSON.parse(text).runs;
    expect(run.results[0].relatedLocations).toHaveLength(99);
    expect(run.tool.driver.rules[0].properties.tags.length).toBeLessThanOrEqual(10);
    expect(run.invocations[0].toolExecutionNotifications).toEqual([]);
    expect(text).not.toContain('former');
  });
});

const HOSTILE = '</style><script>alert(1)</script>\u202e"\'<img src=x onerror=alert(1)>&\u001b[31m';

describe('HTML', () => {
  test('runs and loads nothing, whatever a repository wrote', () => {
    const page = buildHtml(
      documentOf([findingOf('a', { path: HOSTILE, data: { marker: HOSTILE } })], {
        project: HOSTILE,
        branch: HOSTILE,
        gate: { verdict: 'failed', reason: HOSTILE },
      }),
      'en',
    );

    expect(page).not.toMatch(/<script|<img|<link|<iframe|\bstyle=|javascript:|url\(/i);
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cf}\p{Cc}]/u);
    expect(page).toContain("default-src 'none'; style-src 'sha256-");
    expect(page.match(/<style>/g)).toHaveLength(1);
    expect(page).toContain('&lt;script&gt;');
  });

  test.each([
    { language: 'en', says: ['<html lang="en">', 'Audit report: app', 'Findings: 1', 'Warning: health is under 90'] },
    {
      language: 'ja',
      says: ['<html lang="ja">', '監査報告書：app', '指摘：1件', '「TODO」は未完成の作業を示しています。', '中'],
    },
  ] as const)('is in $language', ({ language, says }) => {
    const page = buildHtml(documentOf([findingOf('a')]), language);

    for (const words of says) expect(page).toContain(words);
  });

  test('says what it leaves out, that an audit is partial, and that a filter chose', () => {
    const findings = Array.from({ length: 5_002 }, (_, index) => findingOf(`f${index}`));
    const page = buildHtml(
      documentOf(findings, { isPartial: true, missingMagics: ['tdd'], isFiltered: true, resultHash: null }),
      'en',
    );

    expect(page).toContain('2 more findings are not shown here');
    expect(page).toContain('This audit is partial');
    expect(page).toContain(
      '<td>Error</td><td class="number">–</td><td class="number">–</td><td>could not be judged</td>',
    );
    expect(page).toContain('chose by a filter');
    expect(page.match(/<li>/g)).toHaveLength(5_001);
  });
});

describe('PDF', () => {
  /** Of the fonts' tables; text is drawn by the numbers of glyphs. */
  const unpacked = (pdf: Buffer) => {
    const text = pdf.toString('latin1');
    return [...text.matchAll(/FlateDecode[^>]*>>\nstream\n/g)].map(({ index, 0: head }) => {
      const start = index + head.length;
      return pdf.subarray(start, text.indexOf('\nendstream', start));
    });
  };

  test('brings its fonts along, and is the same for the same audit', async () => {
    const pdf = await buildPdf(documentOf([findingOf('a')]), 'ja');
    const text = pdf.toString('latin1');

    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(text.match(/\/FontFile2/g)?.length).toBeGreaterThanOrEqual(2);
    expect(text).toMatch(/BIZUDPGothic/);
    expect(text).toContain('/Lang (ja)');
    expect(unpacked(pdf).length).toBeGreaterThan(3);
    expect((await buildPdf(documentOf([findingOf('a')]), 'ja')).equals(pdf)).toBe(true);
  });

  test('tells how to fix a rule once, with the first of its findings', async () => {
    const drawn = async (findings: readonly ReportFinding[]) => {
      const parts = unpacked(await buildPdf(documentOf(findings), 'en')).map((part) =>
        inflateSync(part).toString('latin1'),
      );
      return parts.reduce((sum, part) => sum + (part.match(/\bET\b/g)?.length ?? 0), 0);
    };
    const other = findingOf('b', { ruleId: 'strict/no-secret', magic: 'strict', messageId: 'other', data: {} });

    const [one, again, another] = await Promise.all([
      drawn([findingOf('a')]),
      drawn([findingOf('a'), findingOf('b')]),
      drawn([findingOf('a'), other]),
    ]);

    // Head, message, place and rule.
    expect(again - one).toBe(4);
    expect(another - one).toBeGreaterThan(4);
  });

  test('has a bounded number of pages, whatever stands in it', async () => {
    const findings = Array.from({ length: 3_000 }, (_, index) =>
      findingOf(`f${index}`, { path: `${HOSTILE} 𠮷 한국어 ${'x'.repeat(5_000)}` }),
    );
    const pdf = await buildPdf(documentOf(findings, { project: HOSTILE }), 'ja');

    const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(20);
    expect(pages).toBeLessThan(300);
  });
});

test('reports for people say how much of a magic was judged where that is too little for its score', () => {
  const [magic] = documentOf([]).magics;
  const little = {
    ...magic,
    magic: 'sages',
    status: 'inconclusive',
    score: 95,
    coverage: 0.3,
  } as AuditDocument['magics'][number];

  const words = (['en', 'ja'] as const).map((language) => wordsOf(documentOf([], { magics: [little] }), language, 10));

  expect(words.map(({ magics }) => magics[0]?.status)).toEqual([
    'Inconclusive (30 % judged)',
    '判定保留（30%のみ判定）',
  ]);
});
