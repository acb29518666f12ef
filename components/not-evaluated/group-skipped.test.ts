import { expect, test } from 'vitest';
import { REASONS } from '@/lib/magics/types';
import type { MagicCard } from '@/lib/schemas/audits';
import { groupSkipped } from './group-skipped';

function card(magic: MagicCard['magic'], ...reasons: string[]): Pick<MagicCard, 'magic' | 'skipped'> {
  const text = { en: '', ja: '' };
  return { magic, skipped: reasons.map((reason) => ({ ruleId: `${magic}/no-${reason}`, reason, data: {}, text })) };
}

const reasonsOf = (groups: ReturnType<typeof groupSkipped>) =>
  groups.map(({ group, rules }) => [group, ...rules.map(({ reason }) => reason)]);

test('what can be mended comes first, and what a rule says in its own words is about evidence', () => {
  const groups = groupSkipped([card('tdd', 'no-subjects', 'few-authors'), card('git', 'shallow', 'threw')], null);

  expect(reasonsOf(groups)).toEqual([
    ['error', 'threw'],
    ['unread', 'shallow'],
    ['undecided', 'few-authors'],
    ['nothing', 'no-subjects'],
  ]);
});

test('a magic narrows it', () => {
  const groups = groupSkipped([card('tdd', 'shallow'), card('git', 'shallow')], 'git');

  expect(groups.flatMap(({ rules }) => rules.map(({ magic }) => magic))).toEqual(['git']);
});

test('every shared reason but the two about evidence and policy has a group of its own', () => {
  const groups = groupSkipped([card('git', ...REASONS)], null);

  expect(groups.find(({ group }) => group === 'undecided')?.rules.map(({ reason }) => reason)).toEqual([
    'too-little',
    'disabled',
  ]);
});
