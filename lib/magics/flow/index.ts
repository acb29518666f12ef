import { defineMagic } from '../define';
import { hasBranchProtection } from './has-branch-protection';
import { hasChangelogEntry } from './has-changelog-entry';
import { hasGates } from './has-gates';
import { hasIssueReference } from './has-issue-reference';
import { hasPipeline } from './has-pipeline';
import { hasReleaseAutomation } from './has-release-automation';
import { hasReproducibleBuild } from './has-reproducible-build';
import { hasReviewEvidence } from './has-review-evidence';
import { hasSemanticTags } from './has-semantic-tags';
import { hasSteadyDelivery } from './has-steady-delivery';
import { noDirectPush } from './no-direct-push';
import { noImpossibleOrder } from './no-impossible-order';
import { noLargeBatch } from './no-large-batch';
import { noNeutralisedGate } from './no-neutralised-gate';
import { noSkippedGate } from './no-skipped-gate';
import { noUnsafeWorkflow } from './no-unsafe-workflow';
import { noWeakenedLimit } from './no-weakened-limit';
import { noWorkflowDrift } from './no-workflow-drift';

export const flow = defineMagic({
  id: 'flow',
  version: 3,
  title: { en: 'Flow Compliance', ja: 'Flow遵守魔法' },
  says: {
    en: 'Every change passes plan, build, gate, report and release.',
    ja: '変更は計画・ビルド・ゲート・報告・公開を通ります。',
  },
  groups: [
    { id: 'plan', title: { en: 'Plan', ja: '計画' } },
    { id: 'build', title: { en: 'Build', ja: 'ビルド' } },
    { id: 'gate', title: { en: 'Gate', ja: 'ゲート' } },
    { id: 'report', title: { en: 'Report', ja: '報告' } },
    { id: 'release', title: { en: 'Release', ja: '公開' } },
  ],
  rules: [
    hasIssueReference,
    noDirectPush,
    hasReviewEvidence,
    hasPipeline,
    hasGates,
    noNeutralisedGate,
    noSkippedGate,
    noWeakenedLimit,
    noUnsafeWorkflow,
    noWorkflowDrift,
    hasBranchProtection,
    hasChangelogEntry,
    hasSemanticTags,
    hasReleaseAutomation,
    noImpossibleOrder,
    hasSteadyDelivery,
    noLargeBatch,
    hasReproducibleBuild,
  ],
});
