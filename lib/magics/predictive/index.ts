import { defineMagic } from '../define';
import { hasSteadyScore } from './has-steady-score';
import { noDebtDrift } from './no-debt-drift';
import { noDiffuseOwnership } from './no-diffuse-ownership';
import { noExposedHotspot } from './no-exposed-hotspot';
import { noHotspot } from './no-hotspot';
import { noRecentFixes } from './no-recent-fixes';
import { noRelativeChurn } from './no-relative-churn';
import { noRisingComplexity } from './no-rising-complexity';
import { noRiskyChange } from './no-risky-change';
import { noScatteredChange } from './no-scattered-change';
import { noTestGap } from './no-test-gap';

export const predictive = defineMagic({
  id: 'predictive',
  version: 2,
  title: { en: 'Quality Prophecy', ja: '予測品質魔法' },
  says: { en: 'Where it will hurt next.', ja: '次に問題が起きる場所を示します。' },
  groups: [
    { id: 'hotspots', title: { en: 'Hotspots', ja: 'ホットスポット' } },
    { id: 'churn', title: { en: 'Churn', ja: '変動' } },
    { id: 'fixes', title: { en: 'Fixes', ja: '修正' } },
    { id: 'changes', title: { en: 'Recent changes', ja: '最近の変更' } },
    { id: 'ownership', title: { en: 'Ownership', ja: '担当' } },
    { id: 'debt', title: { en: 'Debt', ja: '負債' } },
    { id: 'outlook', title: { en: 'Outlook', ja: '見通し' } },
    { id: 'tests', title: { en: 'Test gap', ja: 'テストの穴' } },
  ],
  rules: [
    noHotspot,
    noRisingComplexity,
    noRecentFixes,
    noRelativeChurn,
    noScatteredChange,
    noRiskyChange,
    noDiffuseOwnership,
    noDebtDrift,
    noExposedHotspot,
    noTestGap,
    hasSteadyScore,
  ],
});
