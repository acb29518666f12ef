import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { messagesIn } from '@/lib/i18n/messages';
import { findRule } from '@/lib/magics/registry';
import { LANGUAGES } from '@/lib/magics/types';
import { KNOWN_RULES } from './known-rules';
import { LEFT_OUT, MAX_SARIF_BYTES, readSarif } from './read-sarif';

const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const sarif = (run: object) => ({ version: '2.1.0', runs: [{ tool: { driver: { name: 'ESLint' } }, ...run }] });

function result(change: object = {}, uri = 'src/a.ts', line = 3): object {
  return {
    ruleId: 'no-eval',
    message: { text: 'eval can be harmful.' },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: line } } }],
    ...change,
  };
}

const read = (value: unknown, files: string[] | null = null, category?: string) =>
  readSarif({ bytes: bytesOf(value), files: files && new Set(files), category });

const first = async (value: unknown, files: string[] | null = null) => {
  const [report] = await read(value, files);
  if (!report) throw new Error('no report');
  return report;
};

const problem = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: { code: string; details?: { problem: string } }) => error.details?.problem ?? error.code,
  );

describe('a report', () => {
  test('becomes findings with namespaced rules, plain or packed', async () => {
    const rules = [
      {
        id: 'js/xss',
        helpUri: 'https://example.org/xss',
        properties: { 'security-severity': '7.8', precision: 'high', tags: ['external/cwe/cwe-079', 'security'] },
      },
    ];
    const run = {
      tool: { driver: { name: 'CodeQL', semanticVersion: '2.20.1', rules } },
      automationDetails: { id: 'backend/2026-01-01' },
      results: [result({ ruleId: 'js/xss', level: 'note' })],
    };

    const [plain] = await read(sarif(run));
    const [packed] = await readSarif({ bytes: gzipSync(bytesOf(sarif(run))), files: null });

    expect(plain).toMatchObject({ tool: 'codeql', toolName: 'CodeQL', toolVersion: '2.20.1', category: 'backend' });
    expect(plain?.findings).toMatchObject([
      {
        ruleId: 'codeql/js/xss',
        severity: 'high',
        confidence: 0.85,
        path: 'src/a.ts',
        startLine: 3,
        endLine: 3,
        message: 'eval can be harmful.',
        helpUri: 'https://example.org/xss',
        weaknesses: [79],
      },
    ]);
    expect(packed).toEqual(plain);
  });

  test.each([
    [{ level: 'error' }, 'high'],
    [{ level: 'warning' }, 'medium'],
    [{}, 'medium'],
    [{ level: 'note' }, 'low'],
    [{ level: 'none' }, 'info'],
    [{ level: '__proto__' }, 'medium'],
  ])('takes the level %o as %s', async (change, severity) => {
    expect((await first(sarif({ results: [result(change)] }))).findings[0]?.severity).toBe(severity);
  });

  test('leaves out what is suppressed, in order or gone, and counts it', async () => {
    const results = [
      result({ suppressions: [{ kind: 'inSource' }] }),
      result({ suppressions: [{ kind: 'external', status: 'rejected' }] }),
      result({ kind: 'pass' }),
      result({ baselineState: 'absent' }),
    ];

    const { findings, leftOut, results: count } = await first(sarif({ results }));

    expect([findings.length, leftOut, count]).toEqual([1, { suppressed: 1, 'not-a-problem': 2 }, 4]);
  });

  test('tells one thing once, and equal things in two places twice', async () => {
    const results = [result(), result(), result({}, 'src/a.ts', 9)];

    const { findings, leftOut } = await first(sarif({ results }));

    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(leftOut).toEqual({ duplicate: 1 });
  });

  test('is known again when lines move, by the fingerprints of the tool or by what it says', async () => {
    const parts = { partialFingerprints: { primaryLocationLineHash: 'abc:1' } };
    for (const change of [parts, {}]) {
      const [before, after] = await Promise.all(
        [3, 40].map((line) => first(sarif({ results: [result(change, 'src/a.ts', line)] }))),
      );

      expect(after?.findings[0]?.fingerprint).toBe(before?.findings[0]?.fingerprint);
    }
  });

  test('keeps runs of one tool together and categories apart', async () => {
    const run = (id: string) => ({
      tool: { driver: { name: 'ESLint' } },
      automationDetails: { id },
      results: [result({}, `src/${id}.ts`)],
    });
    const log = { version: '2.1.0', runs: [run('web/1'), run('web/2'), run('api/1')] };

    expect((await read(log)).map(({ category, findings }) => [category, findings.length])).toEqual([
      ['web', 2],
      ['api', 1],
    ]);
    expect(await read(log, null, 'all')).toMatchObject([{ category: 'all', results: 3 }]);
  });

  test('a tool called like a magic takes none of its rules', async () => {
    const run = { tool: { driver: { name: 'Integrity' } }, results: [result({ ruleId: 'no-unfinished-code' })] };

    expect((await first(sarif(run))).findings[0]?.ruleId).toBe('integrity-tool/no-unfinished-code');
  });
});

describe('places', () => {
  const FILES = ['src/a b.ts', 'src/a.ts', 'README.md'];
  const bases = { originalUriBaseIds: { '%SRCROOT%': { uri: 'file:///home/runner/work/app/' } } };
  const placed = async (uri: string, files: string[] | null = FILES, run: object = bases, uriBaseId?: string) => {
    const location = { physicalLocation: { artifactLocation: { uri, uriBaseId }, region: { startLine: 1 } } };
    const report = await first(sarif({ ...run, results: [result({ locations: [location] })] }), files);
    return report.findings[0]?.path ?? Object.keys(report.leftOut)[0];
  };

  test.each([
    ['src/a.ts', 'src/a.ts'],
    ['./src//a.ts', 'src/a.ts'],
    ['src\\a.ts', 'src/a.ts'],
    ['src/a%20b.ts', 'src/a b.ts'],
    ['file:///home/runner/work/app/src/a.ts', 'src/a.ts'],
    ['/builds/team/app/src/a.ts', 'src/a.ts'],
    ['C:\\agent\\app\\src\\a.ts', 'src/a.ts'],
    ['file:///home/runner/work/app/README.md', 'README.md'],
    ['/etc/README.md', 'outside'],
    ['/etc/passwd', 'outside'],
    ['../src/a.ts', 'outside'],
    ['src/%2e%2e/%2e%2e/etc/passwd', 'outside'],
    ['src/..\\..\\a.ts', 'outside'],
    ['https://evil.example/src/a.ts', 'outside'],
    ['file://evil.example/src/a.ts', 'outside'],
    ['src/a.ts%00.png', 'outside'],
    ['src/\u202ea.ts', 'outside'],
    ['src/%ff.ts', 'outside'],
    ['src/gone.ts', 'unknown-file'],
  ])('%s is %s', async (uri, expected) => {
    expect(await placed(uri)).toBe(expected);
  });

  test('a folder named by a base comes before the path, and bases that name one another end', async () => {
    const run = {
      originalUriBaseIds: { WEB: { uri: 'src/' }, A: { uri: 'x/', uriBaseId: 'B' }, B: { uriBaseId: 'A', uri: 'y/' } },
    };

    expect(await placed('a.ts', FILES, run, 'WEB')).toBe('src/a.ts');
    expect(await placed('a.ts', FILES, run, 'A')).toBe('outside');
  });

  test('where the files are not known, relative paths are taken and absolute ones are not', async () => {
    expect(await placed('lib/any.ts', null)).toBe('lib/any.ts');
    expect(await placed('/builds/app/src/a.ts', null)).toBe('outside');
  });
});

describe('hostile text', () => {
  test('loses what turns, hides or controls, and is cut', async () => {
    const text = `\u202eevil\u0000\u200b\u001b[31m [click](http://evil.example) \n\ttwo ${'x'.repeat(5_000)}`;

    const { findings } = await first(sarif({ results: [result({ message: { text } })] }));

    expect(findings[0]?.message).toMatch(/^evil\[31m click two x+…$/);
    expect(findings[0]?.message).toHaveLength(500);
  });

  test('masks credentials in messages and excerpts', async () => {
    const token = ['ghp', 'q7Xw2LmV9bTzR4kYc8NdHs3JfPa6EuGx1QoZ'].join('_');
    const location = {
      physicalLocation: {
        artifactLocation: { uri: 'src/a.ts' },
        region: { startLine: 1, snippet: { text: `const token = "${token}";` } },
      },
    };

    const report = await first(
      sarif({ results: [result({ message: { text: `found ${token}` }, locations: [location] })] }),
    );

    expect(JSON.stringify(report)).not.toContain(token);
  });

  test('puts arguments into messages and takes no address that is none', async () => {
    const rules = [
      { id: 'no-eval', helpUri: 'javascript:alert(1)', messageStrings: { said: { text: '{0} and {1} and {9}' } } },
    ];
    const run = { tool: { driver: { name: 'ESLint', rules } } };
    const message = { id: 'said', arguments: ['one', 'two'] };

    const { findings } = await first(sarif({ ...run, results: [result({ message })] }));

    expect(findings[0]).toMatchObject({ message: 'one and two and {9}', helpUri: null });
  });

  test('fills no more of a message than is read, whatever its template repeats', async () => {
    const filler = 'token password secret '.repeat(25).slice(0, 500);
    const message = { text: `start ${'{0}'.repeat(1_333)}`, arguments: [filler] };
    const results = Array.from({ length: 20 }, (_, line) => result({ message }, 'src/a.ts', line + 1));

    const startedAt = performance.now();
    const { findings } = await first(sarif({ results }));

    expect(findings[0]?.message).toMatch(/^start token password .*…$/);
    expect([...(findings[0]?.message ?? '')]).toHaveLength(500);
    // 20 × 660 kB to look through took minutes.
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test.each([
    ['nothing', 'not-json'],
    ['[]', 'not-sarif'],
    [{ version: '2.0.0', runs: [] }, 'version'],
    [{ version: '2.1.0' }, 'no-runs'],
    [{ version: '2.1.0', runs: [] }, 'no-runs'],
    [{ version: '2.1.0', runs: [{ tool: {}, results: [] }] }, 'no-tool'],
    [sarif({}), 'run-failed'],
    [sarif({ results: [], invocations: [{ executionSuccessful: false }] }), 'run-failed'],
    [{ version: '2.1.0', runs: Array.from({ length: 21 }, () => ({})) }, 'too-many'],
  ])('%o is refused as %s', async (value, expected) => {
    expect(await problem(read(value))).toBe(expected);
  });

  test('a bomb, a torn archive and a deep nest do no harm', async () => {
    const bomb = gzipSync(Buffer.alloc(MAX_SARIF_BYTES + 1, 32));
    const deep = `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"results":[${'{"locations":['.repeat(100_000)}${']}'.repeat(100_000)}]}]}`;

    expect(await problem(readSarif({ bytes: bomb, files: null }))).toBe('payload_too_large');
    expect(await problem(readSarif({ bytes: bomb.subarray(0, 500), files: null }))).toBe('damaged-gzip');
    expect((await first(deep)).findings).toHaveLength(1);
  });

  test('results that are no results are findings without a place, or none', async () => {
    const results = [null, 7, 'text', [], { locations: 'none', message: 5, ruleId: {}, partialFingerprints: [1] }];

    const { findings, results: count } = await first(sarif({ results }));

    expect(count).toBe(5);
    expect(findings.every(({ ruleId, path }) => ruleId === 'eslint/unnamed' && path === null)).toBe(true);
  });
});

test('every rule known to ask the same is one of ours', () => {
  expect(Object.values(KNOWN_RULES).filter((id) => !findRule(id))).toEqual([]);
});

describe('a report that this product wrote', () => {
  const ours = { tool: { driver: { name: 'Ancient Elder' } }, results: [result({ ruleId: 'strict/no-eval' })] };

  test('gives no finding, and says why', async () => {
    expect(await first(sarif(ours))).toMatchObject({ results: 1, findings: [], leftOut: { own: 1 } });
  });

  test('gives those of other tools beside ours', async () => {
    const theirs = { tool: { driver: { name: 'ESLint' } }, results: [result()] };

    const reports = await read({ version: '2.1.0', runs: [ours, theirs] });

    expect(reports.map(({ tool, findings }) => [tool, findings.length])).toEqual([
      ['ancient-elder', 0],
      ['eslint', 1],
    ]);
  });

  test('is told in words', () => {
    for (const language of LANGUAGES) expect(Object.keys(messagesIn(language).imports.leftOut)).toEqual([...LEFT_OUT]);
  });
});
