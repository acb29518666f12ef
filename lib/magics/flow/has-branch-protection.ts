import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { BranchProtectionFact } from '../facts/provider';
import { hostGap } from '../host-gap';
import { hostSays } from '../sketches';
import type { Severity } from '../types';

/** Tiers of Scorecard: points count only while every tier below is whole. */
const TIERS: readonly { points: number; demands: readonly Demand[] }[] = [
  { points: 3, demands: ['force', 'deletion'] },
  { points: 3, demands: ['approval'] },
  { points: 2, demands: ['checks'] },
  { points: 1, demands: ['second', 'owners'] },
  { points: 1, demands: ['stale', 'admins'] },
];

type Demand = 'force' | 'deletion' | 'approval' | 'checks' | 'second' | 'owners' | 'stale' | 'admins';

/** null: the host does not tell. */
const IS_MET: Record<Demand, (protection: BranchProtectionFact) => boolean | null> = {
  force: ({ allowsForcePush: allows }) => (allows === null ? null : !allows),
  deletion: ({ allowsDeletion: allows }) => (allows === null ? null : !allows),
  approval: ({ requiredApprovals: count }) => (count === null ? null : count >= 1),
  checks: ({ requiredChecks: checks }) => (checks === null ? null : checks.length > 0),
  second: ({ requiredApprovals: count }) => (count === null ? null : count >= 2),
  owners: (protection) => protection.needsOwnerReview,
  stale: (protection) => protection.dismissesStaleApprovals,
  admins: (protection) => protection.isEnforcedForAdmins,
};

const SEVERITIES: Record<Demand, Severity> = {
  force: 'high',
  deletion: 'high',
  approval: 'high',
  checks: 'medium',
  second: 'info',
  owners: 'low',
  stale: 'low',
  admins: 'low',
};

const WHOLE: BranchProtectionFact = {
  allowsForcePush: false,
  allowsDeletion: false,
  requiredApprovals: 2,
  needsOwnerReview: true,
  dismissesStaleApprovals: true,
  requiredChecks: ['test'],
  isEnforcedForAdmins: true,
};
const FILES = { 'src/a.ts': 'export {};\n' };

function pointsOf(protection: BranchProtectionFact): number {
  let points = 0;
  for (const tier of TIERS) {
    // What the host does not tell is held against nobody.
    const met = tier.demands.filter((demand) => IS_MET[demand](protection) !== false).length;
    points += (tier.points * met) / tier.demands.length;
    if (met < tier.demands.length) break;
  }
  return points;
}

export const hasBranchProtection = defineRule({
  id: 'flow/has-branch-protection',
  catalogue: 'FLW-10',
  group: 'gate',
  severity: 'high',
  confidence: 1,
  needs: ['provider', 'history'],
  limits: { per: 'measure', good: 9, bad: 0, range: [0, 10] },
  effort: 'trivial',
  references: [
    'https://github.com/ossf/scorecard/blob/main/docs/checks.md#branch-protection',
    'https://baseline.openssf.org/',
  ],
  tags: ['OSPS-AC-03', 'ISO27001 A.8.4', 'ISO27001 A.8.32', 'SOC2 CC8.1', 'NIST SSDF PS.1', 'CICD-SEC-1'],
  options: z.object({}),

  title: { en: 'The branch is protected', ja: 'ブランチを保護する' },
  why: {
    en: 'Whatever the team agreed on, without protection one push can rewrite history or pass by every check.',
    ja: 'どのような約束があっても、保護がなければ1回のプッシュで履歴の書き換えや検査の回避ができてしまいます。',
  },
  fix: {
    en: 'Set branch protection rules at the host: no force pushes or deletion, an approval, and required checks.',
    ja: 'ホストでブランチ保護を設定し、強制プッシュと削除を禁じ、承認と検査の成功を必須にしてください。',
  },
  messages: {
    none: { en: 'The host protects this branch by no rule.', ja: 'このブランチには保護ルールがありません。' },
    force: { en: 'Force pushes are allowed.', ja: '強制プッシュが許可されています。' },
    deletion: { en: 'The branch may be deleted.', ja: 'ブランチの削除が許可されています。' },
    approval: { en: 'A change needs no approval.', ja: '変更に承認が求められていません。' },
    checks: { en: 'No check must pass before a merge.', ja: 'マージの前に成功すべき検査が定められていません。' },
    second: { en: 'One approval is enough.', ja: '承認が1件で足ります。' },
    owners: { en: 'Code owners need not approve.', ja: 'コードオーナーの承認が求められていません。' },
    stale: {
      en: 'An approval still holds after new commits.',
      ja: '新しいコミットを加えても、以前の承認が有効なままです。',
    },
    admins: { en: 'The rules do not hold for administrators.', ja: '保護ルールが管理者には適用されません。' },
  },
  examples: {
    bad: [
      { files: FILES, provider: hostSays({}) },
      {
        files: FILES,
        provider: hostSays({
          protection: { ...WHOLE, allowsForcePush: true, requiredApprovals: 0, requiredChecks: [] },
        }),
      },
      { files: { 'main.go': 'package main\n' }, provider: hostSays({ protection: { ...WHOLE, requiredChecks: [] } }) },
    ],
    good: [
      { files: FILES, provider: hostSays({ protection: WHOLE }) },
      {
        files: FILES,
        provider: hostSays({ protection: { ...WHOLE, requiredApprovals: 3, requiredChecks: ['単体テスト', 'lint'] } }),
      },
      { files: { 'app.py': 'a = 1\n' }, provider: hostSays({ protection: { ...WHOLE, requiredChecks: ['ci'] } }) },
      {
        files: FILES,
        provider: hostSays({ protection: { ...WHOLE, dismissesStaleApprovals: null, isEnforcedForAdmins: null } }),
      },
    ],
  },

  *check({ provider }): CheckOutput {
    const gap = hostGap(provider, 'protection');
    if (gap) return gap;
    const { protection } = provider;
    if (!protection) {
      yield { messageId: 'none', anchor: 'none' };
      return { value: 0, metrics: { protection_points: 0 } };
    }
    for (const { demands } of TIERS) {
      for (const demand of demands) {
        // Said once: no approval at all is the worse of the two.
        if (IS_MET[demand](protection) !== false || (demand === 'second' && protection.requiredApprovals === 0))
          continue;
        yield { messageId: demand, severity: SEVERITIES[demand], anchor: demand };
      }
    }
    const points = pointsOf(protection);
    return { value: points, metrics: { protection_points: Math.round(points * 10) / 10 } };
  },
});
