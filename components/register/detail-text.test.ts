import { expect, test } from 'vitest';
import { createFormat } from '@/lib/i18n/format';
import { messagesIn } from '@/lib/i18n/messages';
import { detailText } from './detail-text';

test('a policy that would suit is told beside the one that audits use', () => {
  const data = {
    preset: 'open-source',
    strictness: 0.85,
    teamStrictness: 0.8,
    reason: 'policy_open_source',
    path: 'LICENSE',
  };

  const [english, japanese] = (['en', 'ja'] as const).map((language) =>
    detailText({ id: 'policy_recommended', data }, messagesIn(language), createFormat(language, 'UTC', 0)),
  );

  expect(english).toBe(
    'Would suit: Open source, strictness 0.85. It carries a licence (LICENSE). Audits use the policy of your team, strictness 0.8.',
  );
  expect(japanese).toBe(
    '適しているのは「オープンソース」（厳しさ 0.85）です。ライセンスファイル（LICENSE）があります。監査にはチームのポリシー（厳しさ 0.8）を使います。',
  );
});
