import { defineMagic } from '../define';
import { hasGates } from './has-gates';
import { hasPipeline } from './has-pipeline';
import { hasReproducibleBuild } from './has-reproducible-build';
import { hasSemanticTags } from './has-semantic-tags';
import { noDirectPush } from './no-direct-push';
import { noNeutralisedGate } from './no-neutralised-gate';
import { noUnsafeWorkflow } from './no-unsafe-workflow';

export const flow = defineMagic({
  id: 'flow',
  version: 2,
  title: { en: 'Flow Compliance', ja: 'Flow遵守魔法' },
  says: {
    en: 'Every change passes plan, build, gate, report and release.',
    ja: '変更は計画・構築・関門・報告・公開を通る。',
  },
  groups: [
    { id: 'plan', title: { en: 'Plan', ja: '計画' } },
    { id: 'build', title: { en: 'Build', ja: '構築' } },
    { id: 'gate', title: { en: 'Gate', ja: '関門' } },
    { id: 'report', title: { en: 'Report', ja: '報告' } },
    { id: 'release', title: { en: 'Release', ja: '公開' } },
  ],
  rules: [
    noDirectPush,
    hasPipeline,
    hasGates,
    noNeutralisedGate,
    noUnsafeWorkflow,
    hasSemanticTags,
    hasReproducibleBuild,
  ],
});
