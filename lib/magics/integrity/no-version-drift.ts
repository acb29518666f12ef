import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { DocumentFact } from '../facts/project';
import { compareVersions, parseVersion, type Version } from '../flow/versions';
import { baseName, directoryOf } from '../paths';

const CHANGELOG = /^(?:changelog|changes|history|release[-_]?notes)(?:[._-][^/]*)?$/i;
/** Further down it is somebody else's. */
const HOMES = new Set(['.', 'docs', 'doc', '.github', 'changelogs']);
/** `## [1.2.0] - 2024-01-31`, `Version 1.2.0`, `1.2.0 (2024-01-31)` above an underline. */
const ENTRY =
  /^(?:#{1,4}[ \t]{1,5}|={1,4}[ \t]{1,5})?(?:(?:version|release|v)[ \t]{0,3})?\[?v?(?<version>\d{1,5}\.\d{1,5}\.\d{1,5})\]?(?![\w.-]*\d)(?<rest>[^\n]{0,120})$/i;
/** `v1.9 (2015-10-05)`, `## 1.9`: of two parts only when nothing but a date follows, for chapters are numbered like that. */
const SHORT_ENTRY =
  /^(?:#{1,4}[ \t]{1,5}|={1,4}[ \t]{1,5})?(?:(?:version|release|v)[ \t]{0,3})?\[?v?(?<version>\d{1,5}\.\d{1,5})\]?(?<rest>[ \t]{0,5}(?:[-–—:(/][^\n]{0,120})?)$/i;
const UNRELEASED =
  /unreleased|not (?:yet )?released|tbd|tba|in progress|upcoming|development|\bdev\b|xx|未リリース|予定|\?{4}/i;
/** Written by a release tool, or by nobody. */
const NO_VERSION = /^0\.0\.0/;

interface Claim {
  version: Version;
  text: string;
  path: string;
  line: number;
}

export const noVersionDrift = defineRule({
  id: 'integrity/no-version-drift',
  catalogue: 'INT-14',
  group: 'truth',
  severity: 'medium',
  confidence: 0.85,
  needs: ['tags', 'manifests', 'documents'],
  limits: { per: 'sites', good: 0, bad: 2 },
  effort: 'trivial',
  references: ['https://keepachangelog.com/en/1.1.0/', 'https://semver.org/'],
  tags: ['SSDF PS.3', 'ISO27001 A.8.32'],
  options: z.object({}),

  title: { en: 'Manifest, changelog and tags name one version', ja: 'マニフェスト・変更履歴・タグの版が一致する' },
  why: {
    en: 'Who reports a defect names a version. When three places name three, nobody knows which code it was.',
    ja: '不具合の報告は版を頼りに行われます。場所ごとに版が違えば、どのコードの話か分かりません。',
  },
  fix: {
    en: 'Raise the version in the same commit that is tagged, together with its changelog entry; better, let a release tool do it.',
    ja: 'タグを付けるコミットでマニフェストの版と変更履歴を同時に更新してください。リリースツールに任せるのが確実です。',
  },
  messages: {
    manifest: {
      en: 'The manifest says {declared}, but {released} is released.',
      ja: 'マニフェストの版は {declared} ですが、{released} がリリース済みです。',
    },
    changelog: {
      en: 'The changelog ends at {declared}, but {released} is released.',
      ja: '変更履歴は {declared} までですが、{released} がリリース済みです。',
    },
  },
  examples: {
    bad: [
      {
        commits: [
          { message: 'feat: pay', files: { 'package.json': '{"name":"pay","version":"1.0.0"}' } },
          { message: 'feat: log', files: { 'src/log.ts': 'log();\n' } },
        ],
        tags: [
          { name: 'v1.0.0', commit: 0 },
          { name: 'v1.2.0', commit: 1 },
        ],
      },
      {
        commits: [
          {
            message: 'feat: pay',
            files: {
              'Cargo.toml': '[package]\nname = "pay"\nversion = "2.0.0"\n',
              'CHANGELOG.md': '# 変更履歴\n\n## [1.9.0] - 2024-01-01\n\n- 送金\n\n## 1.8.0\n',
            },
          },
        ],
        tags: [{ name: 'v2.0.0', commit: 0 }],
      },
    ],
    good: [
      {
        commits: [
          {
            message: 'feat: pay',
            files: {
              'package.json': '{"name":"pay","version":"1.2.0"}',
              'CHANGELOG.md': '# Changelog\n\n## Unreleased\n\n## [1.2.0] - 2024-01-01\n\nNeeds Node 20.1.0.\n',
            },
          },
        ],
        tags: [{ name: 'v1.2.0', commit: 0 }],
      },
      {
        commits: [
          {
            message: 'feat: pay',
            files: {
              'pyproject.toml': '[project]\nname = "pay"\nversion = "2.0.0.dev1"\n',
              'CHANGES.rst': 'Version 2.0.0\n-------------\n\nUnreleased\n\nVersion 1.2.0\n-------------\n',
            },
          },
        ],
        tags: [{ name: '1.2.0', commit: 0 }],
      },
      {
        commits: [
          {
            message: 'feat: pay',
            files: {
              'CHANGELOG.md':
                'v1.11 (*Not Yet Released)\n======\n\nv1.10 (2015-10-05)\n======\n\nv1.0.7 (2010-09-08)\n======\n',
            },
          },
        ],
        tags: [{ name: 'v1.10.1', commit: 0 }],
      },
      {
        commits: [
          {
            message: 'feat: pay',
            files: {
              'package.json': '{"name":"root","private":true,"version":"0.0.0-development"}',
              'packages/a/package.json': '{"name":"a","version":"1.0.0"}',
              'CHANGELOG.md': 'See the releases page.\n',
            },
          },
        ],
        tags: [
          { name: 'v3.1.0', commit: 0 },
          { name: 'a@1.4.0', commit: 0 },
          { name: 'v4.0.0-rc.1', commit: 0 },
        ],
      },
    ],
  },

  *check({ tags, manifests, documents }): CheckOutput {
    const released = tags
      .filter(({ isReachable }) => isReachable)
      .flatMap(({ name }) => parseVersion(name) ?? [])
      .filter(({ prefix, isPrerelease }) => prefix === '' && !isPrerelease)
      .sort((a, b) => compareVersions(b, a))[0];
    if (!released) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const declared = manifests
      .filter(({ path, version }) => !path.includes('/') && version !== null && !NO_VERSION.test(version))
      .flatMap(({ path, version }): Claim[] => {
        const parsed = parseVersion(version ?? '');
        return parsed && parsed.prefix === '' ? [{ version: parsed, text: version ?? '', path, line: 1 }] : [];
      });
    const noted = documents
      .filter(({ path }) => HOMES.has(directoryOf(path)) && CHANGELOG.test(baseName(path)))
      .flatMap(entriesOf);
    const newest = noted.sort((a, b) => compareVersions(b.version, a.version))[0];
    const text = `${released.major}.${released.minor}.${released.patch}`;
    for (const claim of declared) {
      if (compareVersions(claim.version, released) >= 0) continue;
      yield drift('manifest', claim, text);
    }
    // Of patches that only a branch had, the changelog may rightly say nothing.
    if (newest && isOlderLine(newest.version, released)) yield drift('changelog', newest, text);
    return undefined;
  },
});

function drift(messageId: 'manifest' | 'changelog', { text, path, line }: Claim, released: string) {
  return { messageId, data: { declared: text, released }, location: { path, line }, anchor: messageId };
}

function isOlderLine(a: Version, b: Version): boolean {
  return a.major < b.major || (a.major === b.major && a.minor < b.minor);
}

/** Released versions that a changelog has a heading for. */
function entriesOf({ path, text }: DocumentFact): Claim[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index): Claim[] => {
    const heading = line.trimEnd().slice(0, 200);
    const groups = (ENTRY.exec(heading) ?? SHORT_ENTRY.exec(heading))?.groups;
    if (!groups?.version) return [];
    const isHeading = /^[#=]/.test(line) || /^[=~^"-]{3,}\s*$/.test(lines[index + 1] ?? '');
    const isOpen = UNRELEASED.test(groups.rest ?? '') || UNRELEASED.test(lines.slice(index + 1, index + 4).join(' '));
    const version = parseVersion(groups.version.split('.').length === 2 ? `${groups.version}.0` : groups.version);
    return isHeading && version && !isOpen ? [{ version, text: groups.version, path, line: index + 1 }] : [];
  });
}
