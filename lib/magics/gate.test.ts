import { expect, test } from 'vitest';
import { noCounts } from './counts';
import { type GateFacts, judgeGate } from './gate';
import { GateRules } from './gate-policy';
import { defaultPolicy, Policy } from './policy';

const { gate } = defaultPolicy;
const warnUnder = gate.health.warn ?? 0;
const failUnder = gate.health.fail ?? 0;
const sound = { health: 90, coverage: 1, newCounts: noCounts(), missingMagics: [], failedMagics: [] };

test('passes when nothing new is grave, the health is high and no magic failed', () => {
  expect(judgeGate(gate, sound)).toMatchObject({ gate: 'passed', reason: { id: 'all-met' } });
});

test('warns of a failed magic that the mean hides', () => {
  const verdict = judgeGate(gate, { ...sound, failedMagics: ['sages'] });

  expect(verdict).toMatchObject({
    gate: 'warning',
    reason: { id: 'magic-failed', data: { count: 1, magics: 'sages' } },
  });
});

test.each([
  ['new-critical', { newCounts: { ...noCounts(), critical: 1 } }],
  ['new-high', { newCounts: { ...noCounts(), high: 4 } }],
  ['health-under', { health: failUnder - 0.1 }],
])('fails by %s, whatever else is missing', (id, facts) => {
  const verdict = judgeGate(gate, { ...sound, missingMagics: ['git'], failedMagics: ['sages'], ...facts });

  expect(verdict).toMatchObject({ gate: 'failed', reason: { id } });
});

test.each([
  ['incomplete', { missingMagics: ['git'] }],
  ['nothing-judged', { health: null }],
  ['little-judged', { coverage: 0.49 }],
  ['health-near', { health: warnUnder - 0.1 }],
])('warns by %s', (id, facts) => {
  expect(judgeGate(gate, { ...sound, ...facts })).toMatchObject({ gate: 'warning', reason: { id } });
});

test('tells all reasons, the gravest first', () => {
  const verdict = judgeGate(gate, { ...sound, health: warnUnder - 1, failedMagics: ['tdd', 'strict'] });

  expect(verdict).toMatchObject({
    gate: 'warning',
    reason: { id: 'health-near', also: [{ id: 'magic-failed', data: { magics: 'tdd, strict' } }] },
  });
});

test('a health that fails is not said to be near as well', () => {
  const { reason } = judgeGate(gate, { ...sound, health: failUnder - 1 });

  expect(reason).toMatchObject({ id: 'health-under', data: { health: failUnder - 1, limit: failUnder } });
  expect(reason).not.toHaveProperty('also');
});

test('says that an audit is the first', () => {
  expect(judgeGate(gate, { ...sound, isFirst: true }).reason.data).toMatchObject({ isFirst: 1 });
});

const limits = (warn: number | null, fail: number | null) => ({ warn, fail });
const gateWith = (rules: object) => GateRules.parse({ newFindings: {}, health: {}, ...rules });

test.each([
  [
    'new findings of a severity',
    { newFindings: { medium: limits(1, 5) } },
    { newCounts: { ...noCounts(), medium: 6 } },
    'failed',
    'new-findings',
  ],
  [
    'new findings, to be warned of',
    { newFindings: { medium: limits(1, 5) } },
    { newCounts: { ...noCounts(), medium: 2 } },
    'warning',
    'new-findings',
  ],
  [
    'findings in all',
    { findings: { high: limits(null, 10) } },
    { counts: { ...noCounts(), high: 11 } },
    'failed',
    'findings',
  ],
  ['findings that nobody counted', { findings: { high: limits(null, 10) } }, {}, 'warning', 'findings-unknown'],
  [
    'a magic’s score',
    { magics: { tdd: limits(null, 50) } },
    { scores: new Map([['tdd', 49.9]]) },
    'failed',
    'magic-under',
  ],
  [
    'a magic that was not judged',
    { magics: { tdd: limits(null, 50) } },
    { scores: new Map([['tdd', null]]) },
    'warning',
    'magic-unknown',
  ],
  ['coverage of new code', { newCoverage: limits(0.8, 0.5) }, { newCoverage: 0.49 }, 'failed', 'new-coverage-under'],
  ['coverage nobody reported', { newCoverage: limits(null, 0.5) }, {}, 'warning', 'new-coverage-unknown'],
  ['a failed magic, when it counts', { failedMagic: 'failed' }, { failedMagics: ['git'] }, 'failed', 'magic-failed'],
] as const)('judges %s', (_, rules, facts, verdict, id) => {
  const judged = judgeGate(gateWith(rules), { ...sound, ...(facts as Partial<GateFacts>) });

  expect(judged).toMatchObject({ gate: verdict, reason: { id } });
});

test.each([
  ['a magic the audit left out', { magics: { tdd: limits(null, 50) } }, { scores: new Map() }],
  ['new code without a line that runs', { newCoverage: limits(null, 0.5) }, { newCoverage: 'none' }],
  ['a failed magic, when it is ignored', { failedMagic: 'ignored' }, { failedMagics: ['git'] }],
  ['a value at its limit', { findings: { high: limits(null, 3) } }, { counts: { ...noCounts(), high: 3 } }],
] as const)('passes %s', (_, rules, facts) => {
  const judged = judgeGate(gateWith(rules), { ...sound, ...(facts as Partial<GateFacts>) });

  expect(judged).toMatchObject({ gate: 'passed', reason: { id: 'conditions-met' } });
});

test('a small change answers for new Critical findings alone', () => {
  const rules = {
    smallChangeLines: 20,
    newFindings: { critical: limits(null, 0), high: limits(null, 0) },
    newCoverage: limits(null, 0.8),
  };
  const newCounts = { ...noCounts(), high: 3 };
  const small = judgeGate(gateWith(rules), { ...sound, newCounts, newCoverage: 0, changedLines: 19 });
  const large = judgeGate(gateWith(rules), { ...sound, newCounts, newCoverage: 0, changedLines: 20 });
  const unknown = judgeGate(gateWith(rules), { ...sound, newCounts, newCoverage: 0, changedLines: null });
  const grave = judgeGate(gateWith(rules), { ...sound, newCounts: { ...newCounts, critical: 1 }, changedLines: 1 });

  expect(small).toMatchObject({ gate: 'passed', reason: { data: { smallLines: 19 } } });
  expect(small.reason.conditions.map(({ status }) => status)).toEqual(['passed', 'skipped', 'skipped']);
  expect([large.gate, unknown.gate, grave.gate]).toEqual(['failed', 'failed', 'failed']);
});

test('keeps each condition with what was found and what was asked', () => {
  const { reason } = judgeGate(gate, { ...sound, newCounts: { ...noCounts(), high: 4 } });

  expect(reason.conditions).toEqual([
    { id: 'new-findings', severity: 'critical', actual: 0, warn: null, fail: 0, status: 'passed' },
    { id: 'new-findings', severity: 'high', actual: 4, warn: null, fail: 3, status: 'failed' },
    { id: 'health', actual: 90, warn: 75, fail: 60, status: 'passed' },
  ]);
});

test('says where new code begins, or that no audit was found there', () => {
  const rules = gateWith({ newCode: { since: 'tag', tag: 'v1' } });

  const found = judgeGate(rules, { ...sound, baseline: { auditId: 'a', number: 7 } });
  const missing = judgeGate(rules, { ...sound, baseline: null });

  expect(found.reason).toMatchObject({ data: { baseline: 7 }, baseline: { since: 'tag', auditId: 'a', number: 7 } });
  expect(missing.reason).toMatchObject({ data: { noBaseline: 'tag' }, baseline: { auditId: null } });
});

test('a gate stored before there were conditions means the same', () => {
  const old = { failUnder: 50, warnUnder: 70, maxNewCritical: 1, maxNewHigh: 2 };

  const { gate: now } = Policy.parse({ gate: old });

  expect(now).toEqual(
    gateWith({
      health: limits(70, 50),
      newFindings: { critical: limits(null, 1), high: limits(null, 2) },
    }),
  );
  expect(Policy.parse({}).gate).toEqual(
    Policy.parse({ gate: { failUnder: 60, warnUnder: 75, maxNewCritical: 0, maxNewHigh: 3 } }).gate,
  );
});

test.each([
  { failUnder: 50 },
  { health: { warm: 3 } },
  { newCode: { since: 'tag' } },
  { newCode: { since: 'tag', tag: '-x' } },
])('refuses %j as a gate', (wrong) => {
  expect(Policy.safeParse({ gate: wrong }).success).toBe(false);
});
