import { expect, test } from 'vitest';
import { REASONS } from '@/lib/magics/types';
import type { MagicCard } from '@/lib/schemas/audits';
import { groupSkipped } from './group-skipped';

function card(magic: MagicCard['magic'], ...reasons: string[]): Pick<MagicCard, 'magic' | 'skipped'> {
  const text = { en: '', ja: '' };
  const rest = { data: {}, text, isInformational: false, findings: 0 };
  return { magic, skipped: reasons.map((reason) => ({ ruleId: `${magic}/no-${reason}`, reason, ...rest })) };
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

test('what was measured on too little is told from what was not measured', () => {
  const { magic, skipped } = card('tdd', 'too-little');
  const measured = skipped.map((rule) => ({ ...rule, isInformational: true, findings: 3 }));

  const groups = groupSkipped([{ magic, skipped: measured }], null);

  expect(reasonsOf(groups)).toEqual([['informational', 'too-little']]);
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
