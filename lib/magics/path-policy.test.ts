import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import { evaluate } from './evaluate';
import { canonicalJson, sha256 } from './hash';
import { defaultPolicy, Policy } from './policy';
import { magicOf } from './registry';
import { resultHash } from './result-hash';

const RULE = 'integrity/no-debug-leftover';
const sketch = {
  files: {
    'src/pay.ts': 'export function pay() {\n  debugger;\n}\n',
    'legacy/old.ts': 'export function old() {\n  debugger;\n}\n',
  },
};

async function foundBy(pathRules: Policy['pathRules'][number][]) {
  const policy = Policy.parse({ pathRules });
  const { findings } = evaluate(magicOf('integrity'), await factsFrom(sketch), policy);
  return findings.filter(({ ruleId }) => ruleId === RULE).map(({ path, severity }) => `${path} ${severity}`);
}

const rule = (setting: Partial<Policy['pathRules'][number]>) => ({
  glob: 'legacy/**',
  isIgnored: false,
  rulesOff: [],
  magicsOff: [],
  maxSeverity: null,
  ...setting,
});

test.each([
  ['nothing is set', {}, ['legacy/old.ts high', 'src/pay.ts high']],
  ['the path is ignored', { isIgnored: true }, ['src/pay.ts high']],
  ['the rule is off there', { rulesOff: [RULE] }, ['src/pay.ts high']],
  ['its magic is off there', { magicsOff: ['integrity' as const] }, ['src/pay.ts high']],
  ['another rule is off there', { rulesOff: ['integrity/no-stub'] }, ['legacy/old.ts high', 'src/pay.ts high']],
  ['findings there count less', { maxSeverity: 'low' as const }, ['src/pay.ts high', 'legacy/old.ts low']],
  ['the most is above what they are', { maxSeverity: 'critical' as const }, ['legacy/old.ts high', 'src/pay.ts high']],
])('when %s', async (_, setting, expected) => {
  expect(await foundBy([rule(setting)])).toEqual(expected);
});

test('of several path rules the lowest severity holds', async () => {
  const both = [rule({ maxSeverity: 'medium' }), rule({ glob: '**/*.ts', maxSeverity: 'low' })];

  expect(await foundBy(both)).toEqual(['legacy/old.ts low', 'src/pay.ts low']);
});

test('an empty list of path rules and focus areas leaves result hashes as they were', () => {
  const hashOf = (policy: Policy) =>
    resultHash({ commit: 'c', policy, rulePackVersion: 1, results: [], coverageHash: null });

  const plain = hashOf(Policy.parse({}));

  const { strictness, magics, rules, ignorePaths, repository } = defaultPolicy;
  const before = { strictness, magics, rules, ignorePaths, repository };
  const asBefore = canonicalJson({ commit: 'c', policy: before, rulePackVersion: 1, results: [] });
  expect(plain).toBe(sha256('elder-result-1', asBefore));
  expect(hashOf(Policy.parse({ focusAreas: ['tdd'] }))).not.toBe(plain);
  expect(hashOf(Policy.parse({ pathRules: [rule({ isIgnored: true })] }))).not.toBe(plain);
});
