import { expect, test } from 'vitest';
import { noCounts } from './counts';
import { judgeGate } from './gate';
import { defaultPolicy } from './policy';

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
