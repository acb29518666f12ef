import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { SettingChangeFact } from '../facts/history';
import type { Severity } from '../types';

const SEVERITIES: Record<SettingChangeFact['kind'], Severity> = {
  coverage: 'high',
  warnings: 'high',
  strictness: 'high',
  complexity: 'medium',
  rule: 'medium',
};
/** Tools round, and a share that moves within a point is noise. */
const SLACK = 1;
const SWITCHED_OFF = 0;

/** A rule that now warns still speaks. */
function matters({ kind, before, after }: SettingChangeFact): boolean {
  if (kind === 'rule') return after === SWITCHED_OFF;
  return kind !== 'coverage' || Math.abs(before - after) >= (Math.max(before, after) <= 1 ? SLACK / 100 : SLACK);
}

/** Did a later commit put the setting back to where it was, or beyond? `later` is newest first. */
function isRestored(change: SettingChangeFact, later: readonly SettingChangeFact[]): boolean {
  const last = later.find(({ path, setting }) => path === change.path && setting === change.setting);
  if (!last) return false;
  return change.before > change.after ? last.after >= change.before : last.after <= change.before;
}

const jest = (lines: number) => `{ "name": "a", "jest": { "coverageThreshold": { "global": { "lines": ${lines} } } } }`;
const steps = (...files: Record<string, string>[]) => files.map((each, at) => ({ message: `Step ${at}`, files: each }));

export const noWeakenedLimit = defineRule({
  id: 'flow/no-weakened-limit',
  catalogue: 'FLW-08',
  group: 'gate',
  severity: 'high',
  confidence: 0.85,
  needs: ['settingChanges', 'files'],
  limits: { per: 'sites', good: 0, bad: 3 },
  effort: 'moderate',
  references: ['https://martinfowler.com/bliki/TestCoverage.html', 'https://csrc.nist.gov/pubs/sp/800/218/final'],
  tags: ['NIST SSDF PO.4', 'ISO27001 A.8.29', 'SOC2 CC8.1', 'CWE-693'],
  options: z.object({}),

  title: { en: 'Limits of checks are not weakened', ja: '検査の基準を緩めない' },
  why: {
    en: 'A limit that gives way whenever it is in the way holds nothing: the pipeline stays green while quality falls.',
    ja: '都合に合わせて緩む基準は何も守りません。品質が下がっても、パイプラインは成功のままです。',
  },
  fix: {
    en: 'Put the limit back and mend what broke it, or record the decision and the date it ends.',
    ja: '基準を元に戻して原因を直すか、緩めた理由と期限を記録してください。',
  },
  messages: {
    limit: {
      en: '“{setting}” was weakened from {before} to {after}.',
      ja: '「{setting}」が {before} から {after} に緩められました。',
    },
    rule: { en: 'Rule “{setting}” was turned off.', ja: 'ルール「{setting}」が無効にされました。' },
    switch: { en: '“{setting}” was turned off.', ja: '「{setting}」が無効にされました。' },
  },
  examples: {
    bad: [
      { commits: steps({ 'package.json': jest(90) }, { 'package.json': jest(70) }) },
      {
        commits: steps(
          { '.coveragerc': '[report]\nfail_under = 95\n', 'tox.ini': '[flake8]\nmax-complexity = 10\n' },
          { '.coveragerc': '[report]\nfail_under = 80\n', 'tox.ini': '[flake8]\nmax-complexity = 25\n' },
        ),
      },
      {
        commits: steps(
          { 'eslint.config.js': "export default [{ rules: {\n  'no-console': 'error',\n  eqeqeq: 'error',\n} }];\n" },
          { 'eslint.config.js': "export default [{ rules: {\n  'no-console': 'off',\n  eqeqeq: 'error',\n} }];\n" },
        ),
      },
      {
        commits: steps(
          { 'tsconfig.json': '{ "compilerOptions": { "strict": true } }' },
          { 'tsconfig.json': '{ "compilerOptions": { "strict": false } }' },
        ),
      },
      {
        commits: steps(
          {
            '.rubocop.yml': 'Metrics/MethodLength:\n  Max: 10\n',
            'codecov.yml': 'coverage:\n  status:\n    project:\n      既定:\n        target: 90%\n',
          },
          {
            '.rubocop.yml': 'Metrics/MethodLength:\n  Max: 60\n',
            'codecov.yml': 'coverage:\n  status:\n    project:\n      既定:\n        target: 50%\n',
          },
        ),
      },
      {
        commits: steps(
          { 'package.json': '{ "scripts": { "lint": "eslint . --max-warnings 0" } }' },
          { 'package.json': '{ "scripts": { "lint": "eslint . --max-warnings 50" } }' },
        ),
      },
    ],
    good: [
      { commits: steps({ 'package.json': jest(70) }, { 'package.json': jest(90) }, { 'package.json': jest(90) }) },
      { commits: steps({ 'package.json': jest(90) }, { 'package.json': jest(70) }, { 'package.json': jest(92) }) },
      {
        commits: steps(
          {
            'setup.cfg': '[coverage:report]\nfail_under = 90.4\n',
            'eslint.config.js': "export default [{ rules: {\n  'no-console': 'error',\n} }];\n",
            'vite.config.ts': 'export default { server: { port: 90 }, lines: 90 };\n',
          },
          {
            'setup.cfg': '[coverage:report]\nfail_under = 90\n',
            'eslint.config.js': "export default [{ rules: {\n  'no-console': 'warn',\n} }];\n",
            'vite.config.ts': 'export default { server: { port: 80 }, lines: 80 };\n',
          },
        ),
      },
      {
        commits: steps(
          {
            '.eslintrc.json':
              '{ "rules": {\n  "no-console": 2\n}, "overrides": [{ "rules": {\n  "no-console": 2\n} }] }',
          },
          {
            '.eslintrc.json':
              '{ "rules": {\n  "no-console": 2\n}, "overrides": [{ "rules": {\n  "no-console": 0\n} }] }',
          },
        ),
      },
      {
        commits: steps(
          { 'fixtures/日本/package.json': jest(90), 'phpstan.neon': 'parameters:\n  level: 5\n' },
          { 'fixtures/日本/package.json': jest(10), 'phpstan.neon': 'parameters:\n  level: 8\n' },
        ),
      },
    ],
  },

  *check({ settingChanges, files }): CheckOutput {
    const paths = new Set(files.map(({ path }) => path));
    const reported = new Set<string>();
    let weakened = 0;
    for (const [index, change] of settingChanges.entries()) {
      const { commitId, path, setting, kind, before, after } = change;
      const key = `${path} ${setting}`;
      if (!change.isWeaker || !matters(change) || !paths.has(path) || reported.has(key)) continue;
      if (isRestored(change, settingChanges.slice(0, index))) continue;
      reported.add(key);
      weakened += 1;
      const isSwitch = kind === 'strictness' && before === 1 && after === SWITCHED_OFF;
      yield {
        messageId: kind === 'rule' ? 'rule' : isSwitch ? 'switch' : 'limit',
        data: { setting, before, after },
        location: { path, line: 1 },
        commits: [commitId],
        severity: SEVERITIES[kind],
        anchor: `${setting} ${commitId}`,
      };
    }
    return { value: weakened, metrics: { weakened_limits: weakened } };
  },
});
