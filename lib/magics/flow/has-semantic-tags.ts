import * as z from 'zod';
import { isBreaking, percent } from '../commits';
import { type CheckOutput, defineRule } from '../define';
import { changes } from '../sketches';
import { commitsBetween, isVersionLike, parseVersion, releasesIn } from './versions';

/** Old tags cannot be mended: only the newest count. */
const NEWEST = 30;
const MAX_AGE = 3 * 365 * 86_400;
const LIGHTWEIGHT_SHARE = 0.2;

export const hasSemanticTags = defineRule({
  id: 'flow/has-semantic-tags',
  catalogue: 'FLW-12',
  group: 'release',
  severity: 'medium',
  confidence: 0.95,
  needs: ['tags', 'commits'],
  limits: { per: 'measure', good: 0.95, bad: 0.5, range: [0, 1] },
  effort: 'trivial',
  references: ['https://semver.org/', 'https://git-scm.com/book/en/v2/Git-Basics-Tagging'],
  tags: ['SLSA', 'OSPS-BR-02', 'ISO27001 A.8.32'],
  options: z.object({}),

  title: { en: 'Release tags follow Semantic Versioning', ja: 'リリースタグをセマンティックバージョニングに従わせる' },
  why: {
    en: 'Users and tools decide from the version whether an upgrade is safe; a wrong one breaks them.',
    ja: '利用者もツールも、バージョンを見て安全に更新できるかを判断します。誤ったバージョンは利用者を壊します。',
  },
  fix: {
    en: 'Tag releases as annotated tags “vMAJOR.MINOR.PATCH” and raise MAJOR with every breaking change.',
    ja: 'リリースには注釈付きタグ「vMAJOR.MINOR.PATCH」を付け、互換性を壊す変更では MAJOR を上げてください。',
  },
  messages: {
    form: {
      en: 'Tag “{tag}” names a version but not a semantic one (MAJOR.MINOR.PATCH).',
      ja: 'タグ「{tag}」は、セマンティックバージョン（MAJOR.MINOR.PATCH）の形ではありません。',
    },
    lightweight: {
      en: '{count} of the {total} newest release tags are lightweight: they carry no author, date or message.',
      ja: '新しいリリースタグ{total}個のうち{count}個が軽量タグで、作成者・日時・説明を持ちません。',
    },
    breaking: {
      en: 'Version {tag} holds a breaking change but its major number is that of {previous}.',
      ja: 'バージョン {tag} には互換性を壊す変更がありますが、メジャー番号が {previous} のままです。',
    },
  },
  examples: {
    bad: [
      {
        commits: changes('Start', 'feat: a', 'feat: b'),
        tags: [
          { name: 'v1.0', commit: 0, isAnnotated: true },
          { name: 'release_1_1', commit: 1, isAnnotated: true },
          { name: 'v1.2.0', commit: 2, isAnnotated: true },
        ],
      },
      {
        commits: changes('Start', 'feat(api)!: drop the old form', 'fix: b'),
        tags: [
          { name: 'v1.0.0', commit: 0, isAnnotated: true },
          { name: 'v1.1.0', commit: 2, isAnnotated: true },
        ],
      },
      { commits: changes('Start', '機能を追加'), tags: [{ name: 'v1.0.0', commit: 1, isAnnotated: false }] },
    ],
    good: [
      {
        commits: changes('Start', 'feat!: drop v1', 'fix: b'),
        tags: [
          { name: 'v1.4.0', commit: 0, isAnnotated: true },
          { name: 'v2.0.0', commit: 1, isAnnotated: true },
          { name: 'v2.0.1', commit: 2, isAnnotated: true },
        ],
      },
      {
        commits: changes('Start', 'feat!: still before 1.0', '日付を追加'),
        tags: [
          { name: 'core/v0.1.0', commit: 0, isAnnotated: true },
          { name: 'core/v0.2.0', commit: 1, isAnnotated: true },
          { name: '@scope/ui@1.0.0-rc.1', commit: 2, isAnnotated: true },
          { name: 'nightly', commit: 2, isAnnotated: true },
        ],
      },
      {
        commits: changes('Start', 'fix: a'),
        tags: [
          { name: '1.0.0', commit: 0, isAnnotated: true },
          { name: 'gson-parent-2.10.1', commit: 1, isAnnotated: true },
        ],
      },
    ],
  },

  *check({ tags, commits, now }): CheckOutput {
    const versions = tags
      .filter((tag) => isVersionLike(tag.name) && tag.at > now - MAX_AGE)
      .sort((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1))
      .slice(0, NEWEST);
    if (versions.length === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };

    const strays = versions.filter((tag) => parseVersion(tag.name) === null);
    for (const tag of strays) {
      yield { messageId: 'form', data: { tag: tag.name }, commits: [tag.commitId], anchor: tag.name };
    }
    const lightweight = versions.filter((tag) => !tag.isAnnotated);
    if (lightweight.length > versions.length * LIGHTWEIGHT_SHARE) {
      const data = { count: lightweight.length, total: versions.length };
      yield { messageId: 'lightweight', data, severity: 'low', anchor: 'lightweight' };
    }

    const byId = new Map(commits.map((commit) => [commit.id, commit]));
    const parents = new Map(commits.map((commit) => [commit.id, commit.parents]));
    let broken = 0;
    for (const { tag, version, previous } of releasesIn(versions, commits)) {
      if (version.major === 0 || version.major !== previous.version.major) continue;
      const between = commitsBetween(previous.tag.commitId, tag.commitId, parents);
      const breaking = [...between].flatMap((id) => byId.get(id) ?? []).find(isBreaking);
      if (!breaking) continue;
      broken += 1;
      yield {
        messageId: 'breaking',
        data: { tag: tag.name, previous: previous.tag.name },
        commits: [breaking.id],
        evidence: breaking.subject,
        anchor: `breaking ${tag.name}`,
      };
    }
    const share = 1 - (strays.length + broken) / versions.length;
    return {
      value: Math.max(0, share),
      population: versions.length,
      metrics: {
        release_tags: versions.length,
        annotated_tags_percent: 100 - percent(lightweight.length, versions.length),
      },
    };
  },
});
