import { expect, test } from 'vitest';
import { createFormat } from '@/lib/i18n/format';
import { messagesIn } from '@/lib/i18n/messages';
import type { ConfigurationPreview, ProjectPreview } from '@/lib/schemas/configuration';
import { orderedPreview } from './preview-order';
import { averageSentence, previewSentence } from './preview-sentence';

type GateWord = 'passed' | 'warning' | 'failed';

const NONE = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };

function project(name: string, now: GateWord, next: GateWord | null, health: [number, number] = [80, 80]) {
  const state = (gate: GateWord | null, healthScore: number) => ({
    healthScore,
    healthCoverage: 1,
    gate,
    gateReason: null,
    counts: NONE,
    magics: [],
  });
  return {
    projectId: name,
    projectName: name,
    audit: null,
    unavailable: null,
    now: state(now, health[0]),
    next: state(next, health[1]),
    appearing: NONE,
    vanishing: NONE,
    isExact: true,
    isGateKnown: next !== null,
    needAudit: [],
    notAsked: null,
  } satisfies ProjectPreview;
}

const preview = (...items: ProjectPreview[]): ConfigurationPreview => ({ items, leftOut: 0, differences: [] });
const en = [messagesIn('en'), createFormat('en', 'UTC', 0)] as const;
const say = (...items: ProjectPreview[]) => previewSentence(preview(...items), ...en);
const average = (...items: ProjectPreview[]) => averageSentence(preview(...items), ...en);
const unknown = (given: ProjectPreview, ...rules: string[]): ProjectPreview => ({
  ...given,
  isExact: false,
  needAudit: rules.map((ruleId) => ({ ruleId, reason: 'paths' })),
});

test('the sentence counts gates that change, and those that only an audit can tell', () => {
  expect(say(project('a', 'passed', 'passed'))).toBe('No gate would change.');
  expect(say(project('a', 'passed', 'failed'), project('b', 'failed', 'warning'))).toBe(
    'Two gates would change: one would fail then, one would no longer fail.',
  );
  expect(say(project('a', 'passed', null))).toBe('One gate needs an audit to be told.');
  expect(say()).toBe('No project can be judged again yet.');
});

test('gates that get worse come first, then what changes most', () => {
  const items = [
    project('same', 'passed', 'passed'),
    project('healthier', 'passed', 'passed', [70, 79]),
    project('warned', 'passed', 'warning'),
    project('failed', 'passed', 'failed'),
  ];

  expect(orderedPreview(preview(...items)).map(({ projectName }) => projectName)).toEqual([
    'failed',
    'warned',
    'healthier',
    'same',
  ]);
});

test('nothing is claimed of gates while rules need an audit', () => {
  const same = project('a', 'passed', 'passed');

  expect(say(unknown(same, 'x', 'y'), unknown(project('b', 'failed', 'failed'), 'y'))).toBe(
    'Without an audit it cannot be told whether a gate would change: 2 rules have to look anew.',
  );
  expect(say(unknown(project('a', 'passed', 'failed'), 'x'))).toBe(
    'One gate would change: one would fail then; 1 rule needs an audit, which may turn more gates.',
  );
  expect(average(unknown(same, 'x'))).toBe('Should these rules say what they said last: average health stays 80.');
});

test('the average never moves against the rows that are shown', () => {
  const moved = (...pairs: [number, number][]) =>
    average(...pairs.map((pair, at) => project(String(at), 'passed', 'passed', pair)));

  expect(moved([96.4, 95.6], [81, 80.9])).toBe('Average health changes by less than 1.');
  expect(moved([70.4, 70.6], [60.4, 59.6])).toBe('Average health changes by less than 1.');
  expect(moved([80, 90], [70, 70])).toBe('Average health 75 → 80, judged again from the last audit of each project.');
  expect(moved([80.2, 80.2])).toBe('Average health stays 80.');
  expect(average()).toBeNull();
});
