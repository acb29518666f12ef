import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { factsFrom } from '@/tests/support/sketch';
import { defineRule, type Sketch } from './define';
import { evaluate } from './evaluate';
import { defaultPolicy, Policy } from './policy';
import { magicOf } from './registry';
import { NO_TEAM, type TeamView, viewRepository } from './repository-view';
import { resultHash } from './result-hash';
import { MAX_FINDINGS_PER_RULE } from './run-rule';
import type { MagicId, MagicResult } from './types';

/** Enough code for densities to count. */
const LINES = Array.from({ length: 600 }, (_, line) => `export const value${line} = ${line};`).join('\n');
const WITHOUT_MARKER = { 'src/big.ts': `// Values.\n${LINES}\n`, 'src/pay.ts': 'charge();\n' };

const settings = (...suppressions: string[]) => `version: 1\nsuppressions:\n${suppressions.join('')}`;
const asked = (rule: string, { path, expires = '2024-12-31' }: { path?: string; expires?: string } = {}) =>
  `  - rule: ${rule}\n${path ? `    path: ${path}\n` : ''}    reason: agreed with the bank\n    expires: ${expires}\n`;

async function judge(sketch: Sketch, policy: object = {}, magic: MagicId = 'integrity') {
  return evaluate(magicOf(magic), await factsFrom(sketch), Policy.parse(policy));
}

const placesOf = (findings: readonly { ruleId: string; path: string | null; startLine: number | null }[]) =>
  findings
    .filter(({ ruleId }) => ruleId === 'integrity/no-unfinished-code')
    .map(({ path, startLine }) => `${path}:${startLine}`);

describe('a comment', () => {
  test.each([
    ['on the line before', '// elder-ignore integrity/no-unfinished-code -- asked for\n// TODO: charge\ncharge();\n'],
    ['in the same comment block', '/* elder-ignore integrity/no-unfinished-code -- asked for */ // TODO: charge\n'],
    [
      'above another one',
      '// elder-ignore integrity/no-unfinished-code -- asked for\n// elder-ignore integrity/no-stub -- asked for\n// TODO: charge\n',
    ],
    [
      'at the head of the file',
      '// elder-ignore-file integrity/no-unfinished-code -- asked for\n\n\npay();\n// TODO: charge\n',
    ],
  ])('%s lets the finding stand', async (_, text) => {
    const result = await judge({ files: { ...WITHOUT_MARKER, 'src/pay.ts': text } });

    expect(placesOf(result.findings)).toEqual([]);
    expect(result.suppressed).toMatchObject([
      {
        ruleId: 'integrity/no-unfinished-code',
        suppression: { path: 'src/pay.ts', line: 1, reason: 'asked for', expires: null },
      },
    ]);
  });

  test('as the documentation shows it is of use', async () => {
    const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync('docs/configuration.md', 'utf8')) ?? [];
    const facts = await factsFrom({ files: { ...WITHOUT_MARKER, 'src/draft.ts': example } });

    const results = (['integrity', 'strict'] as const).map((id) => evaluate(magicOf(id), facts, Policy.parse({})));

    const uses = results.flatMap(({ suppressions }) => suppressions);
    expect(uses.map(({ ruleId, state }) => [ruleId, state])).toEqual([
      ['integrity/no-stub', 'used'],
      ['integrity/no-debug-leftover', 'used'],
      ['strict/no-magic-number', 'used'],
    ]);
  });

  test.each([
    ['two lines above', '// elder-ignore integrity/no-unfinished-code -- asked for\ncharge();\n// TODO: charge\n'],
    ['about another rule', '// elder-ignore integrity/no-stub -- asked for\n// TODO: charge\n'],
    ['without a reason', '// elder-ignore integrity/no-unfinished-code\n// TODO: charge\n'],
    ['of another file', 'charge();\n// TODO: charge\n'],
  ])('%s does not', async (_, text) => {
    const files = {
      ...WITHOUT_MARKER,
      'src/pay.ts': text,
      'src/other.ts': '// elder-ignore-file integrity/no-unfinished-code -- asked for\n',
    };

    const result = await judge({ files });

    expect(placesOf(result.findings)).toHaveLength(1);
    expect(result.suppressed).toEqual([]);
  });

  test('in a workflow is one too', async () => {
    const workflow = (comment: string) =>
      `on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n${comment}      - uses: someone/else@main\n      - run: npm test\n`;
    const of = (comment: string) => judge({ files: { '.github/workflows/test.yml': workflow(comment) } }, {}, 'flow');

    const open = await of('      # the action of a friend\n');
    const asked = await of('      # elder-ignore flow/no-unsafe-workflow -- the action of a friend\n');

    const pinsOf = (findings: typeof open.findings) => findings.filter(({ startLine }) => startLine === 7).length;
    expect(pinsOf(open.findings)).toBe(1);
    expect(pinsOf(asked.findings)).toBe(0);
    expect(asked.suppressed).toMatchObject([{ ruleId: 'flow/no-unsafe-workflow', startLine: 7 }]);
  });

  test('of no use is said to be unused', async () => {
    const { suppressions } = await judge({
      files: { 'src/pay.ts': '// elder-ignore integrity/no-stub -- asked for\npay();\n' },
    });

    expect(suppressions).toMatchObject([{ ruleId: 'integrity/no-stub', state: 'unused', suppressed: 0, kept: 0 }]);
  });
});

describe('a verdict of the team', () => {
  const files = { ...WITHOUT_MARKER, 'src/pay.ts': '// TODO: charge\ncharge();\n' };
  const accepted = { source: 'team', verdict: 'accepted', reason: 'agreed', expires: null } as const;
  const judgeWith = async (team: Partial<TeamView>, policy: object = {}, sketch: Sketch = { files }) => {
    const [facts, parsed] = [await factsFrom(sketch), Policy.parse(policy)];
    return evaluate(magicOf('integrity'), facts, parsed, viewRepository(facts, parsed, { ...NO_TEAM, ...team }));
  };
  const markerOf = (result: Awaited<ReturnType<typeof judge>>) =>
    result.findings.find(({ ruleId }) => ruleId === 'integrity/no-unfinished-code');
  const verdictsFor = (fingerprint: string | undefined) => new Map([[fingerprint ?? '', accepted]]);

  test('lets its finding stand as if it was not there, also where repositories may not', async () => {
    const policy = { repository: { enforcedSeverities: ['low'], enforcedRules: ['integrity/no-unfinished-code'] } };
    const open = await judge({ files }, policy);
    const clean = await judge({ files: WITHOUT_MARKER }, policy);

    const held = await judgeWith({ verdicts: verdictsFor(markerOf(open)?.fingerprint) }, policy);

    expect(markerOf(open)).toBeDefined();
    expect(held.suppressed).toMatchObject([{ path: 'src/pay.ts', suppression: accepted }]);
    expect(held.score).toBe(clean.score);
    expect(held.counts.low).toBe(open.counts.low - 1);
    expect(held.suppressions).toEqual([]);
  });

  test('goes with the file', async () => {
    const fingerprint = markerOf(await judge({ files }))?.fingerprint;
    const moved: Sketch = { files: { ...WITHOUT_MARKER, 'src/pay.ts': '', 'src/cards.ts': files['src/pay.ts'] } };
    const formerPaths = new Map([['src/cards.ts', 'src/pay.ts']]);

    const [held, open] = [
      await judgeWith({ verdicts: verdictsFor(fingerprint), formerPaths }, {}, moved),
      await judgeWith({ verdicts: verdictsFor(fingerprint) }, {}, moved),
    ];

    expect(held.suppressed).toMatchObject([{ path: 'src/cards.ts' }]);
    expect(open.suppressed).toEqual([]);
  });

  test('demotes a rule by one severity, unless the team has set or enforces it', async () => {
    const demotedRules = ['integrity/no-unfinished-code'];
    const severities = await Promise.all(
      [
        {},
        { rules: { 'integrity/no-unfinished-code': { severity: 'high' } } },
        { repository: { enforcedRules: demotedRules } },
      ].map(async (policy) => markerOf(await judgeWith({ demotedRules }, policy))?.severity),
    );

    expect([markerOf(await judge({ files }))?.severity, ...severities]).toEqual(['low', 'info', 'high', 'low']);
  });

  test('is part of the hash of a result, and a result without any has the hash it had', async () => {
    const facts = await factsFrom({ files });
    const hash = (result: MagicResult, verdictsHash?: string | null) =>
      resultHash({
        commit: facts.commit,
        policy: defaultPolicy,
        rulePackVersion: 1,
        results: [result],
        coverageHash: null,
        ...(verdictsHash !== undefined && { verdictsHash }),
      });
    const open = await judge({ files });
    const moved = await judgeWith({ formerPaths: new Map([['src/pay.ts', 'src/old.ts']]) });

    expect([hash(open, null), hash(moved)]).toEqual([hash(open), hash(open)]);
    expect(hash(open, 'a')).not.toBe(hash(open));
  });
});

describe('the settings of a repository', () => {
  const files = { ...WITHOUT_MARKER, 'src/pay.ts': '// TODO: charge\n// FIXME: refund\ncharge();\n' };
  const rule = 'integrity/no-unfinished-code';

  test('let findings stand without weight, as if they were not there', async () => {
    const clean = await judge({ files: WITHOUT_MARKER });
    const open = await judge({ files });
    const result = await judge({ files: { ...files, '.elder.yml': settings(asked(rule, { path: 'src/**' })) } });
    const ruleOf = ({ rules }: typeof result) => rules.find(({ ruleId }) => ruleId === rule);

    expect(ruleOf(open)?.score).toBeLessThan(100);
    expect(ruleOf(result)).toMatchObject({ outcome: 'passed', findings: 0, suppressed: 2, value: 0, score: 100 });
    expect(ruleOf(clean)).toMatchObject({ value: 0, score: 100 });
    expect(result.suppressions).toEqual([
      {
        source: 'settings',
        path: '.elder.yml',
        line: 3,
        ruleId: rule,
        target: 'src/**',
        reason: 'agreed with the bank',
        expires: '2024-12-31',
        state: 'used',
        suppressed: 2,
        kept: 0,
      },
    ]);
  });

  test('keep the fingerprint a finding has without them', async () => {
    const open = await judge({ files });
    const { suppressed } = await judge({ files: { ...files, '.elder.yml': settings(asked(rule)) } });

    expect(suppressed.map(({ fingerprint }) => fingerprint).sort()).toEqual(
      open.findings
        .filter(({ ruleId }) => ruleId === rule)
        .map(({ fingerprint }) => fingerprint)
        .sort(),
    );
  });

  test.each([
    ['2024-12-31T00:00:00Z', 'used'],
    ['2024-12-31T23:59:59Z', 'used'],
    ['2025-01-01T00:00:00Z', 'expired'],
    ['2026-05-05T00:00:00Z', 'expired'],
  ])('count up to the end of their last day: at %s %s', async (at, state) => {
    const commit = { message: 'feat: pay', at, files: { ...files, '.elder.yml': settings(asked(rule)) } };

    const { suppressions, findings } = await judge({ commits: [commit] });

    expect(suppressions).toMatchObject([{ state }]);
    expect(findings.some(({ messageId }) => messageId === 'expired')).toBe(state === 'expired');
    expect(placesOf(findings)).toHaveLength(state === 'expired' ? 2 : 0);
  });

  test.each([
    ['2024-12-31', {}, 'used'],
    ['2025-01-01', {}, 'used'],
    ['2025-01-02', {}, 'refused'],
    ['9999-12-31', {}, 'refused'],
    ['2024-12-31', { maxSuppressionDays: 30 }, 'refused'],
    ['2024-01-31', { maxSuppressionDays: 30 }, 'used'],
  ])('up to %s under %o are %s: the team says how far ahead', async (expires, repository, state) => {
    const at = '2024-01-01T12:00:00Z';
    const commit = { message: 'feat: pay', at, files: { ...files, '.elder.yml': settings(asked(rule, { expires })) } };

    const { suppressions, findings } = await judge({ commits: [commit] }, { repository });

    expect(suppressions).toMatchObject([{ state }]);
    expect(findings.some(({ messageId }) => messageId === 'too-far')).toBe(state === 'refused');
    expect(placesOf(findings)).toHaveLength(state === 'refused' ? 2 : 0);
  });

  test('raise no score by being there', async () => {
    const without = await judge({ files });
    const { score, coverage } = await judge({ files: { ...files, '.elder.yml': 'version: 1\n' } });

    expect({ score, coverage }).toEqual({ score: without.score, coverage: without.coverage });
  });

  test('with one error have no effect at all', async () => {
    const broken = `${settings(asked(rule))}ignorePaths: ['(a+)+$']\n`;

    const result = await judge({ files: { ...files, '.elder.yml': broken } });

    expect(placesOf(result.findings)).toHaveLength(2);
    expect(result.suppressions).toEqual([]);
    expect(result.findings).toContainEqual(
      expect.objectContaining({ ruleId: 'integrity/has-valid-settings', messageId: 'bad-glob', path: '.elder.yml' }),
    );
  });

  test('add words to a rule', async () => {
    const words = `version: 1\nrules:\n  ${rule}:\n    options:\n      terms: [STOPSHIP]\n`;
    const result = await judge(
      {
        files: { ...WITHOUT_MARKER, 'src/pay.ts': '// STOPSHIP\npay();\n// BRRR\npay();\n', '.elder.yml': words },
      },
      { rules: { [rule]: { options: { terms: ['BRRR'] } } } },
    );

    expect(placesOf(result.findings)).toEqual(['src/pay.ts:1', 'src/pay.ts:3']);
    expect(result.words).toEqual([{ ruleId: rule, option: 'terms', words: ['STOPSHIP'], isInEffect: true }]);
  });

  test.each([
    ['the team enforces the rule', { repository: { enforcedRules: [rule] } }],
    ['the rule is off', { rules: { [rule]: { isEnabled: false } } }],
  ])('are listed without effect where %s', async (_, policy) => {
    const words = `version: 1\nrules:\n  ${rule}:\n    options:\n      terms: [STOPSHIP]\n`;
    const code = { 'src/pay.ts': '// STOPSHIP\npay();\n' };

    const result = await judge({ files: { ...WITHOUT_MARKER, ...code, '.elder.yml': words } }, policy);

    expect(placesOf(result.findings)).toEqual([]);
    expect(result.words).toEqual([{ ruleId: rule, option: 'terms', words: ['STOPSHIP'], isInEffect: false }]);
  });

  test('name the helpers of tests that assert', async () => {
    const tests = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        `src/a${at}.test.ts`,
        `test('shows ${at}', () => {\n  page.seeScreen(${at});\n});\n`,
      ]),
    );
    const words = 'version: 1\nrules:\n  tdd/has-assertion:\n    options:\n      helpers: [seeScreen]\n';
    const share = async (sketch: Record<string, string>, policy = {}) =>
      (await judge({ files: sketch }, policy, 'tdd')).rules.find(({ ruleId }) => ruleId === 'tdd/has-assertion')?.value;

    expect(await share(tests)).toBe(1);
    expect(await share({ ...tests, '.elder.yml': words })).toBe(0);
    expect(
      await share({ ...tests, '.elder.yml': words }, { repository: { enforcedRules: ['tdd/has-assertion'] } }),
    ).toBe(1);
    expect(await share({ ...tests, '.elder.yml': words }, { repository: { suppressions: 'listed' } })).toBe(1);
  });
});

describe('a rule that measures itself', () => {
  const text = { en: 'text', ja: '文' };
  const rule = defineRule({
    id: 'integrity/no-stub',
    catalogue: 'INT-01',
    group: 'g',
    severity: 'medium',
    needs: ['files'],
    limits: { per: 'sites', good: 0, bad: 4 },
    options: z.object({}),
    title: text,
    why: text,
    fix: text,
    messages: { old: text },
    examples: { bad: [], good: [] },
    *check({ files }) {
      const old = files.filter(({ path }) => path.startsWith('old/'));
      let value = 0;
      for (const { path } of old) {
        const weight = path.startsWith('old/heavy') ? 1 : 0;
        value += weight;
        yield { messageId: 'old', location: { path, line: 1 }, weight };
      }
      return { value };
    },
  });
  const files = {
    'src/pay.ts': 'pay();\n',
    'old/heavy1.ts': 'pay();\n',
    'old/heavy2.ts': 'pay();\n',
    'old/light1.ts': 'pay();\n',
    'old/light2.ts': 'pay();\n',
  };
  const silent = '// elder-ignore-file integrity/no-stub -- asked for\npay();\n';

  test.each([
    ['nothing', [], 2],
    ['what adds nothing to the value', ['old/light1.ts'], 2],
    ['what adds to it', ['old/heavy1.ts'], 1],
    ['all', ['old/heavy1.ts', 'old/heavy2.ts', 'old/light1.ts', 'old/light2.ts'], 0],
  ])('loses its share of the value: without %s', async (_, paths, value) => {
    const said = Object.fromEntries(paths.map((path) => [path, silent]));
    const magic = { ...magicOf('integrity'), groups: [{ id: 'g', title: text }], rules: [rule] };
    const result = evaluate(magic, await factsFrom({ files: { ...files, ...said } }), Policy.parse({}));

    expect(result.rules).toMatchObject([{ value, suppressed: paths.length, findings: 4 - paths.length }]);
  });

  test('a flaw of a script that may stand makes no other one count', async () => {
    const code = `export const find = (db: Db, name: string) => db.query(\`SELECT * FROM users WHERE name = '\${name}'\`);\n`;
    const result = await judge(
      {
        files: {
          'src/pay.ts': 'pay();\n',
          'scripts/a.ts': `// elder-ignore strict/no-built-sql -- run by hand\n${code}`,
          'scripts/b.ts': code,
        },
      },
      {},
      'strict',
    );

    expect(result.rules.find(({ ruleId }) => ruleId === 'strict/no-built-sql')).toMatchObject({
      suppressed: 1,
      findings: 1,
      value: 0,
      score: 100,
    });
  });
});

describe('what a team enforces stands', () => {
  const focused = "test.only('pays', () => {\n  expect(pay()).toBe(1);\n});\n";
  const rule = 'tdd/no-focused-test';

  test('findings of a severity that is enforced are kept', async () => {
    const files = { 'src/pay.test.ts': focused, '.elder.yml': settings(asked(rule)) };

    const kept = await judge({ files }, {}, 'tdd');
    const released = await judge({ files }, { repository: { enforcedSeverities: [] } }, 'tdd');

    expect(kept.counts.critical).toBe(1);
    expect(kept.suppressions).toMatchObject([{ state: 'refused', suppressed: 0, kept: 1 }]);
    expect(released.counts.critical).toBe(0);
    expect(released.suppressions).toMatchObject([{ state: 'used', suppressed: 1, kept: 0 }]);
  });

  test('a severity the team raised is enforced as raised', async () => {
    const todo = {
      files: { 'src/pay.ts': '// TODO: charge\n', '.elder.yml': settings(asked('integrity/no-unfinished-code')) },
    };

    const result = await judge(todo, { rules: { 'integrity/no-unfinished-code': { severity: 'critical' } } });

    expect(result.counts.critical).toBe(1);
  });

  test.each([
    ['rules by name', { enforcedRules: ['integrity/no-unfinished-code'] }],
    ['all, where suppressions are only listed', { suppressions: 'listed' }],
  ])('%s', async (_, repository) => {
    const files = {
      'src/pay.ts': '// elder-ignore integrity/no-unfinished-code -- asked for\n// TODO: charge\n',
      '.elder.yml': settings(asked('integrity/no-unfinished-code')),
    };

    const result = await judge({ files }, { repository });

    expect(placesOf(result.findings)).toEqual(['src/pay.ts:2']);
    expect(result.suppressions).toMatchObject([{ state: 'refused' }, { state: 'refused' }]);
  });

  test('a rule that is off has no suppression that is of no use', async () => {
    const files = { 'src/pay.ts': 'pay();\n', '.elder.yml': settings(asked('integrity/no-stub')) };

    const result = await judge({ files }, { rules: { 'integrity/no-stub': { isEnabled: false } } });

    expect(result.suppressions).toMatchObject([{ state: 'not-judged' }]);
  });
});

describe('paths a repository ignores', () => {
  const ignoring = (...globs: string[]) => `version: 1\nignorePaths: ${JSON.stringify(globs)}\n`;
  const files = { ...WITHOUT_MARKER, 'old/pay.ts': '// TODO: charge\ncharge();\n' };

  test('are not judged, and are counted', async () => {
    const result = await judge({ files: { ...files, '.elder.yml': ignoring('old/**', 'no/such/**') } });

    expect(placesOf(result.findings)).toEqual([]);
    expect(result.ignored).toEqual({
      isRefused: false,
      files: 1,
      codeLines: 1,
      globs: [
        { glob: 'old/**', files: 1 },
        { glob: 'no/such/**', files: 0 },
      ],
    });
  });

  test.each([
    ['more than the team allows', ['**'], {}],
    ['any, where they are only listed', ['old/**'], { ignorePaths: 'listed' }],
  ])('%s are judged all the same', async (_, globs, repository) => {
    const result = await judge({ files: { ...files, '.elder.yml': ignoring(...globs) } }, { repository });

    expect(placesOf(result.findings)).toEqual(['old/pay.ts:1']);
    expect(result.ignored?.isRefused).toBe(true);
  });

  test('hide nothing of a severity that is enforced', async () => {
    const tests = {
      ...WITHOUT_MARKER,
      'old/pay.test.ts': "test.only('pays', () => {\n  expect(pay()).toBe(1);\n});\n",
      '.elder.yml': ignoring('old/**'),
    };

    const { findings } = await judge({ files: tests }, {}, 'tdd');

    expect(findings.flatMap(({ ruleId, path }) => (path ? [[ruleId, path]] : []))).toEqual([
      ['tdd/no-focused-test', 'old/pay.test.ts'],
    ]);
  });

  test('hide nothing of such a severity that is about the repository as a whole', async () => {
    const text = { en: 'text', ja: '文' };
    const rule = defineRule({
      id: 'integrity/no-old',
      catalogue: 'INT-01',
      group: 'g',
      severity: 'critical',
      needs: ['files'],
      limits: { per: 'sites', good: 0, bad: 1 },
      options: z.object({}),
      title: text,
      why: text,
      fix: text,
      messages: { old: text },
      examples: { bad: [], good: [] },
      *check({ files: all }) {
        if (all.some(({ path }) => path.startsWith('old/'))) yield { messageId: 'old' };
      },
    });
    const magic = { ...magicOf('integrity'), groups: [{ id: 'g', title: text }], rules: [rule] };
    const facts = await factsFrom({ files: { ...files, '.elder.yml': ignoring('old/**') } });

    const kept = evaluate(magic, facts, Policy.parse({}));
    const hidden = evaluate(magic, facts, Policy.parse({ repository: { enforcedSeverities: [] } }));

    expect([kept.counts.critical, hidden.counts.critical]).toEqual([1, 0]);
  });

  test('hide nothing of such a severity behind many others', async () => {
    const text = { en: 'text', ja: '文' };
    const rule = defineRule({
      id: 'integrity/no-old',
      catalogue: 'INT-01',
      group: 'g',
      severity: 'low',
      needs: ['files'],
      limits: { per: 'sites', good: 0, bad: 1 },
      options: z.object({}),
      title: text,
      why: text,
      fix: text,
      messages: { old: text },
      examples: { bad: [], good: [] },
      *check({ files: all }) {
        for (let line = 1; line <= MAX_FINDINGS_PER_RULE; line += 1) {
          yield { messageId: 'old', location: { path: 'a.ts', line }, anchor: String(line) };
        }
        for (const { path } of all) {
          if (path.startsWith('old/')) yield { messageId: 'old', location: { path, line: 1 }, severity: 'critical' };
        }
      },
    });
    const magic = { ...magicOf('integrity'), groups: [{ id: 'g', title: text }], rules: [rule] };
    const facts = await factsFrom({ files: { ...files, '.elder.yml': ignoring('old/**') } });

    const { counts, rules } = evaluate(magic, facts, Policy.parse({}));

    expect(counts).toMatchObject({ critical: 1, low: MAX_FINDINGS_PER_RULE - 1 });
    expect(rules).toMatchObject([{ findings: MAX_FINDINGS_PER_RULE + 1, dropped: 1 }]);
  });

  test('hide nothing from a rule that is enforced', async () => {
    const repository = { enforcedRules: ['integrity/no-unfinished-code'] };

    const result = await judge({ files: { ...files, '.elder.yml': ignoring('old/**') } }, { repository });

    expect(placesOf(result.findings)).toEqual(['old/pay.ts:1']);
  });
});
