import { expect, test } from 'vitest';
import { messagesIn } from '@/lib/i18n/messages';
import type { ConfigurationPreview, ProjectPreview } from '@/lib/schemas/configuration';
import { orderedPreview } from './preview-order';
import { previewSentence } from './preview-sentence';

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
  } satisfies ProjectPreview;
}

const preview = (...items: ProjectPreview[]): ConfigurationPreview => ({ items, leftOut: 0, differences: [] });
const say = (...items: ProjectPreview[]) => previewSentence(preview(...items), messagesIn('en'));

test('the sentence counts gates that change, and those that only an audit can tell', () => {
  expect(say(project('a', 'passed', 'passed'))).toBe('No gate would change.');
  expect(say(project('a', 'passed', 'failed'), project('b', 'failed', 'warning'))).toBe(
    'Two gates would change; one more would fail; one would no longer fail.',
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
