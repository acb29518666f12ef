import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { defineMagic, defineRule, type Rule } from './define';
import { evaluate } from './evaluate';
import type { Facts } from './facts';
import { defaultPolicy, Policy } from './policy';
import { magicOf } from './registry';
import { resultHash } from './result-hash';
import { MAX_FINDINGS_PER_RULE, runRule } from './run-rule';
import type { Limits, RawFinding } from './types';

const text = { en: 'text', ja: '文' };

const facts: Facts = {
  commit: 'c'.repeat(40),
  now: 1_700_000_000,
  missing: { commits: 'shallow', clones: 'timeout' },
  totals: {
    files: 3,
    productionFiles: 2,
    codeLines: 1_000,
    commentLines: 100,
    testCodeLines: 0,
    functions: 50,
    tests: 0,
  },
  files: [],
  components: [],
  comments: [],
  ignoreComments: [],
  repositorySettings: null,
  functions: [],
  swallowedErrors: [],
  suppressions: [],
  debugCalls: [],
  imports: [],
  mentions: [],
  tests: [],
  testSmells: [],
  logicFlaws: [],
  magicNumbers: [],
  shortNames: [],
  dangerousCalls: [],
  securityFlaws: [],
  slowForms: [],
  typeCoverage: [],
  testBranches: [],
  placeholders: [],
  documentReferences: [],
  shellFlaws: [],
  parseErrors: [],
  dataErrors: [],
  secrets: [],
  conflictMarkers: [],
  hiddenCharacters: [],
  clones: null,
  workflows: [],
  manifests: [],
  testSettings: [],
  checkSettings: [],
  coverage: [],
  dependencies: [],
  lockFiles: [],
  runtimes: [],
  advisories: null,
  documents: [],
  commits: null,
  fileHistory: null,
  markerAges: null,
  newCode: null,
  lineSurvival: null,
  ownMatches: null,
  lastAudit: null,
  fileRevisions: null,
  scores: null,
  tags: null,
  largeBlobs: null,
  settingChanges: null,
  pastSecrets: null,
  history: null,
  provider: null,
};

type Definition = Parameters<typeof defineRule<never, z.ZodObject>>[0];

function rule(check: Definition['check'], more: Partial<Definition> = {}): Rule {
  return defineRule({
    id: 'integrity/no-thing',
    catalogue: 'INT-99',
    group: 'truth',
    severity: 'medium',
    needs: [] as const,
    limits: { per: 'kloc', good: 0, bad: 10 },
    options: z.object({}),
    title: text,
    why: text,
    fix: text,
    messages: { thing: text, other: text },
    examples: { bad: [], good: [] },
    check,
    ...more,
  });
}

const yielding = (findings: readonly RawFinding[]): Definition['check'] =>
  function* () {
    yield* findings;
  };

const at = (line: number, path = 'src/a.ts'): RawFinding => ({ messageId: 'thing', location: { path, line } });

function magic(...rules: Rule[]) {
  return defineMagic({
    id: 'integrity',
    version: 1,
    title: text,
    says: text,
    groups: [
      { id: 'truth', title: text },
      { id: 'rest', title: text },
    ],
    rules,
  });
}

const run = (one: Rule, policy: Policy = defaultPolicy, given: Facts = facts) => runRule(one, given, policy);

describe('a rule', () => {
  test('fails with findings and passes without', () => {
    expect(run(rule(yielding([at(1)]))).result).toMatchObject({ outcome: 'failed', value: 1, score: 90, findings: 1 });
    expect(run(rule(yielding([]))).result).toMatchObject({ outcome: 'passed', value: 0, score: 100 });
  });

  test.each(['commits', 'markerAges', 'lineSurvival', 'newCode'] as const)(
    'that lacks %s in a shallow clone says what to do',
    (fact) => {
      const given: Facts = { ...facts, [fact]: null, missing: { [fact]: 'shallow' } };

      const { result } = run({ ...rule(yielding([])), needs: [fact] }, defaultPolicy, given);

      expect(result).toMatchObject({ outcome: 'not-available', reason: { id: 'shallow' } });
    },
  );

  test('whose facts are missing is not available, never passed', () => {
    const shallow = { ...rule(yielding([])), needs: ['commits'] as const };
    const timedOut = { ...rule(yielding([])), needs: ['clones'] as const };

    expect(run(shallow).result).toMatchObject({ outcome: 'not-available', score: null, reason: { id: 'shallow' } });
    expect(run(timedOut).result).toMatchObject({
      outcome: 'not-available',
      reason: { id: 'fact-missing', data: { fact: 'clones', cause: 'timeout' } },
    });
  });

  test('that throws is an error and loses its findings', () => {
    const broken = rule(function* () {
      yield at(1);
      throw new Error('boom');
    });

    expect(run(broken)).toMatchObject({
      result: { outcome: 'error', score: null, reason: { id: 'threw', data: { error: 'boom' } } },
      findings: [],
    });
  });

  test('that names a message it does not have is an error', () => {
    expect(run(rule(yielding([{ messageId: 'toString' }]))).result.outcome).not.toBe('passed');
    expect(run(rule(yielding([{ messageId: 'nothing' }]))).result.outcome).toBe('error');
  });

  test('counts findings beyond the cap without keeping them', () => {
    const { result, findings } = run(rule(yielding(Array.from({ length: 501 }, (_, line) => at(line + 1)))));

    expect(findings).toHaveLength(MAX_FINDINGS_PER_RULE);
    expect(result).toMatchObject({ findings: 501, dropped: 1, value: 501 });
  });

  test('that speaks of too little code gives information and no points', () => {
    const little = { ...facts, totals: { ...facts.totals, codeLines: 499 } };

    expect(run(rule(yielding([at(1)])), defaultPolicy, little).result).toMatchObject({
      outcome: 'failed',
      isInformational: true,
      score: null,
      reason: { id: 'too-little' },
    });
  });

  test('that counts too few events gives information and no points', () => {
    const check: Definition['check'] = function* () {
      yield at(1);
      return { value: 0.5, population: 9 };
    };
    const limits: Limits = { per: 'measure', good: 0, bad: 1, range: [0, 1] };

    expect(run(rule(check, { limits })).result).toMatchObject({ isInformational: true, score: null });
  });

  test('that reports only beyond the limit stays silent within', () => {
    const limits: Limits = { per: 'kloc', good: 2, bad: 10 };
    const findings = (count: number) => Array.from({ length: count }, (_, line) => at(line + 1));

    expect(run(rule(yielding(findings(2)), { limits, report: 'beyond-limit' })).findings).toHaveLength(0);
    expect(run(rule(yielding(findings(3)), { limits, report: 'beyond-limit' })).findings).toHaveLength(3);
  });

  test('takes its severity from the policy', () => {
    const policy = Policy.parse({ rules: { 'integrity/no-thing': { severity: 'low' } } });

    expect(run(rule(yielding([{ ...at(1), severity: 'high' }])), policy).findings[0]?.severity).toBe('low');
  });

  test('with options of the wrong shape is an error, not a pass', () => {
    const policy = Policy.parse({ rules: { 'integrity/no-thing': { options: { allow: 7 } } } });

    const { result } = run(
      rule(yielding([]), { options: z.object({ allow: z.array(z.string()).default([]) }) }),
      policy,
    );

    expect(result.outcome).toBe('error');
  });
});

describe('a fingerprint', () => {
  const fingerprints = (...findings: RawFinding[]) =>
    run(rule(yielding(findings))).findings.map((one) => one.fingerprint);

  test('stays when lines move', () => {
    expect(fingerprints(at(1))).toEqual(fingerprints(at(90)));
  });

  test('tells equal findings of one file apart by their order', () => {
    const [first, second] = fingerprints(at(1), at(2));

    expect(first).not.toBe(second);
    expect(fingerprints(at(2), at(1))).toEqual([first, second]);
  });

  test('differs between files', () => {
    expect(fingerprints(at(1, 'a'))).not.toEqual(fingerprints(at(1, 'b')));
  });

  test('follows the anchor where one is given, whatever its white space', () => {
    expect(fingerprints({ ...at(1), anchor: 'if (a)  {' })).toEqual(fingerprints({ ...at(5), anchor: 'if (a) {\n' }));
  });
});

describe('a magic', () => {
  const other = (check: Definition['check'], more: Partial<Definition> = {}) =>
    rule(check, { id: 'integrity/no-other', group: 'rest', ...more });

  test('is the weighted mean of its rules', () => {
    const result = evaluate(
      magic(rule(yielding([at(1)]), { weight: 3 }), other(yielding(Array.from({ length: 5 }, (_, line) => at(line))))),
      facts,
      defaultPolicy,
    );

    expect(result).toMatchObject({ score: 80, status: 'passed', coverage: 1 });
    expect(result.subScores).toEqual([
      { id: 'truth', score: 90 },
      { id: 'rest', score: 50 },
    ]);
  });

  test('loses coverage, not points, for what could not be judged', () => {
    const missing = { ...other(yielding([])), needs: ['commits'] as const };

    const result = evaluate(magic(rule(yielding([])), missing), facts, defaultPolicy);

    expect(result).toMatchObject({ score: 100, coverage: 0.5 });
    expect(result.skipped).toEqual([
      { ruleId: 'integrity/no-other', reason: 'shallow', data: { fact: 'commits', cause: 'shallow' } },
    ]);
  });

  test('without any judged rule has no score', () => {
    const broken = rule(() => {
      throw new Error('boom');
    });

    expect(evaluate(magic(broken), facts, defaultPolicy)).toMatchObject({ score: null, status: 'error', coverage: 0 });
    expect(evaluate(magic(), facts, defaultPolicy)).toMatchObject({ score: null, status: 'not_applicable' });
  });

  test('is capped by an open critical finding', () => {
    const result = evaluate(magic(rule(yielding([{ ...at(1), severity: 'critical' }]))), facts, defaultPolicy);

    expect(result).toMatchObject({ score: 49, status: 'failed', cap: { limit: 49, ruleId: 'integrity/no-thing' } });
  });

  test('is capped by many high findings of a rule at what the rule scores, 74 at least', () => {
    const four = yielding([1, 2, 3, 4].map((line) => ({ ...at(line), severity: 'high' as const })));
    const scored = (bad: number) =>
      evaluate(
        magic(
          rule(four, { limits: { per: 'kloc', good: 0, bad } }),
          ...[1, 2, 3, 4, 5, 6, 7].map((n) => ({ ...other(yielding([])), id: `integrity/no-other-${n}` as const })),
        ),
        facts,
        defaultPolicy,
      );

    expect(scored(5)).toMatchObject({ score: 74, cap: { limit: 74, ruleId: 'integrity/no-thing' } });
    expect(scored(40)).toMatchObject({ score: 90, cap: { limit: 90, ruleId: 'integrity/no-thing' } });
  });

  test('leaves out rules that are switched off', () => {
    const policy = Policy.parse({ rules: { 'integrity/no-other': { isEnabled: false } } });

    expect(evaluate(magic(rule(yielding([])), other(yielding([at(1)]))), facts, policy).rules).toHaveLength(1);
  });

  test('lists findings worst first, then by rule and place', () => {
    const result = evaluate(
      magic(rule(yielding([at(9), at(2)])), other(yielding([{ ...at(1), severity: 'high' }]))),
      facts,
      defaultPolicy,
    );

    expect(result.findings.map(({ ruleId, startLine }) => [ruleId, startLine])).toEqual([
      ['integrity/no-other', 1],
      ['integrity/no-thing', 2],
      ['integrity/no-thing', 9],
    ]);
  });
});

describe('resultHash', () => {
  const hashOf = (findings: readonly RawFinding[], policy = defaultPolicy, coverageHash: string | null = null) =>
    resultHash({
      commit: facts.commit,
      policy,
      rulePackVersion: 1,
      results: [evaluate(magic(rule(yielding(findings))), facts, policy)],
      coverageHash,
    });

  test('is the same for the same result, in whatever order it was found', () => {
    expect(hashOf([at(2), at(1)])).toBe(hashOf([at(1), at(2)]));
  });

  test('differs when a finding moves or the policy changes', () => {
    expect(hashOf([at(1)])).not.toBe(hashOf([at(2)]));
    expect(hashOf([at(1)])).not.toBe(hashOf([at(1)], Policy.parse({ strictness: 0.7 })));
  });

  test('differs with the coverage report that was given', () => {
    expect(hashOf([at(1)], defaultPolicy, 'a')).not.toBe(hashOf([at(1)]));
    expect(hashOf([at(1)], defaultPolicy, 'a')).not.toBe(hashOf([at(1)], defaultPolicy, 'b'));
  });

  test('is the same whatever a server remembers, which sets no score and no status either', () => {
    const git = magicOf('git');
    const policy = Policy.parse({ rules: { 'git/no-rewritten-history': { severity: 'critical' } } });
    const lastAudit = { commit: 'b'.repeat(40), number: 3, isKept: false };
    const history = { isShallow: false, commits: 2, contributors: 1, activity: [], windowStart: 0, branch: 'main' };
    const alone = evaluate(git, { ...facts, history }, policy);
    const remembering = evaluate(git, { ...facts, history, lastAudit }, policy);
    const hash = (result: typeof alone) =>
      resultHash({ commit: facts.commit, policy, rulePackVersion: 1, results: [result], coverageHash: null });

    expect(remembering.counts.critical).toBe(1);
    expect(remembering).toMatchObject({ score: alone.score, status: alone.status, coverage: alone.coverage });
    expect(hash(remembering)).toBe(hash(alone));
  });

  test.each([
    { name: 'a few', scores: [80, 70] },
    { name: 'many that sink', scores: [80, 77, 75, 72, 70, 68] },
  ])('is the same with $name scores of earlier commits', ({ scores }) => {
    const at = (day: number) => 1_700_000_000 + day * 864_000;
    const remembered = scores.map((score, index) => ({ at: at(index), score }));
    const results = [null, remembered].map((each) =>
      evaluate(magicOf('predictive'), { ...facts, scores: each }, defaultPolicy),
    );
    const hashes = results.map((result) =>
      resultHash({
        commit: facts.commit,
        policy: defaultPolicy,
        rulePackVersion: 1,
        results: [result],
        coverageHash: null,
      }),
    );

    expect(hashes[1]).toBe(hashes[0]);
    expect(results[1]).toMatchObject({ score: results[0]?.score, coverage: results[0]?.coverage });
  });

  test('is the same under another gate, which judges the result and does not make it', () => {
    const gate = { failUnder: 99, warnUnder: 100, maxNewCritical: 9, maxNewHigh: 9 };

    expect(hashOf([at(1)], Policy.parse({ gate }))).toBe(hashOf([at(1)]));
  });
});

describe('tests that no reader knows', () => {
  const limits: Limits = { per: 'tests', good: 0, bad: 1, range: [0, 1] };
  const asksTests = rule(yielding([]), { needs: ['tests'] as never, limits });
  const file = (path: string, codeLines: number) => ({ path, role: 'test', codeLines, skipped: null });
  const withFiles = (...files: object[]) => ({ ...facts, files: files as unknown as Facts['files'] });

  test('are missing, not absent', () => {
    const { result } = runRule(asksTests, withFiles(file('test/a', 5), file('test/b', 5)), defaultPolicy);

    expect(result).toMatchObject({
      outcome: 'not-available',
      score: null,
      reason: { id: 'not-recognised', data: { files: 2 } },
    });
  });

  test('are missing where programs without an extension lie among tests', () => {
    const program = { path: 'test/fast/adds two', role: 'fixture', mode: '100755', codeLines: 0, skipped: null };
    const data = { ...program, path: 'test/fast/data', mode: '100644' };

    const { result } = runRule(asksTests, withFiles(program, data), defaultPolicy);

    expect(result).toMatchObject({ outcome: 'not-available', reason: { id: 'not-recognised', data: { files: 1 } } });
  });

  test('are absent where no test file holds code', () => {
    const { result } = runRule(asksTests, withFiles(file('test/empty', 0)), defaultPolicy);

    expect(result).toMatchObject({ outcome: 'not-applicable', reason: { id: 'no-subjects' } });
  });
});
