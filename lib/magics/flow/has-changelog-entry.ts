import * as z from 'zod';
import { percent } from '../commits';
import { type CheckOutput, defineRule } from '../define';
import type { FileFact } from '../facts/code';
import type { TagFact } from '../facts/history';
import type { DocumentFact } from '../facts/project';
import type { ProviderFact } from '../facts/provider';
import { isSourcePath } from '../paths';
import { changes, hostSays, pullRequest } from '../sketches';
import { parseVersion, type Version } from './versions';

const NEWEST = 20;
const MAX_AGE = 3 * 365 * 86_400;
/** `documents` holds so much of a file; what lies beyond is unknown. */
const CUT_OFF = 64_000;
const NEWEST_OF_CUT_OFF = 5;
const MIN_REQUESTS = 10;
const BARE_SHARE = 0.3;

const CHANGELOG =
  /(?:^|\/)(?:changelogs?|changes|history|news|release[-_]?notes?|releases?|whats[-_]?new)(?:[._-][^/]*)?$/i;
const CHANGELOG_FILE =
  /(?:^|\/)(?:\.?changelogs?(?:\.d)?|changes|history|news|release[-_]?notes?|releases?|whats[-_]?new)\/|(?:^|\/)(?:changelog|changes|release[-_]?notes?|news|upgrad(?:e|ing))[^/]*$/i;
const CHANGELOG_NAME = /(?:^|\/)(?:changelog|changes|history|news|release[-_]?notes?)[^/]*$/i;
/** The text says itself that entries are kept at the host. */
const ELSEWHERE = /\/(?:-\/)?releases\b|releases? page|see (?:the )?(?:github|gitlab) releases/i;

/** Scripts and workflows that make a release tell nobody what is in it. */
const isProse = (path: string) =>
  (!isSourcePath(path) || path.endsWith('.html')) && !/^\.(?:github|gitlab|circleci)\//.test(path);

export function isChangelog(path: string): boolean {
  return isProse(path) && CHANGELOG.test(path.replace(/\.[a-z]+$/i, ''));
}

interface Release {
  tag: TagFact;
  version: Version;
}

const textOf = ({ major, minor, patch }: Version) => `${major}.${minor}.${patch}`;

/** Newest first. */
function releasesToTell(tags: readonly TagFact[], now: number): Release[] {
  return tags
    .flatMap((tag) => {
      const version = parseVersion(tag.name);
      const isTold = version && !version.isPrerelease && tag.isReachable && tag.at > now - MAX_AGE;
      return isTold ? [{ tag, version }] : [];
    })
    .sort((a, b) => b.tag.at - a.tag.at || (a.tag.name < b.tag.name ? 1 : -1))
    .slice(0, NEWEST);
}

const NUMBER = /(?<![\d.])(?<version>\d{1,6}\.\d{1,6}(?:\.\d{1,6})?)(?![\d]|\.\d)/g;

interface Told {
  versions: ReadonlySet<string>;
  /** Some of the text was not read. */
  isCutOff: boolean;
}

function versionsTold(logs: readonly DocumentFact[], paths: readonly string[]): Told {
  const versions = new Set<string>();
  for (const text of [...logs.map((log) => log.text), ...paths]) {
    for (const { groups } of text.matchAll(NUMBER)) versions.add(groups?.version ?? '');
  }
  return { versions, isCutOff: logs.some(({ text }) => text.length >= CUT_OFF) };
}

/** `1.2` tells of `1.2.0`, and of no patch. */
function isTold({ version }: Release, { versions }: Told): boolean {
  const short = `${version.major}.${version.minor}`;
  return versions.has(textOf(version)) || (version.patch === 0 && versions.has(short));
}

function changelogPaths(files: readonly FileFact[]): string[] {
  return files.map(({ path }) => path).filter((path) => CHANGELOG_FILE.test(path) && isProse(path));
}

function* bareRequests({ pullRequests }: ProviderFact): CheckOutput {
  const merged = pullRequests.filter(({ mergedAt, isBot }) => mergedAt !== null && !isBot);
  const bare = merged.filter(({ bodyLength }) => bodyLength === 0);
  if (merged.length >= MIN_REQUESTS && bare.length > merged.length * BARE_SHARE) {
    const data = { share: percent(bare.length, merged.length), count: merged.length };
    yield { messageId: 'bare', data, severity: 'low', anchor: 'bare' };
  }
  return undefined;
}

const LOG = '# Changelog\n\n## 1.1.0 - 2024-01-03\n\n- Reads dates\n\n## 1.0.0\n\n- Begins\n';
const tagged = (...names: string[]) => names.map((name, commit) => ({ name, commit, isAnnotated: true }));

export const hasChangelogEntry = defineRule({
  id: 'flow/has-changelog-entry',
  catalogue: 'FLW-11',
  group: 'report',
  severity: 'medium',
  confidence: 0.9,
  needs: ['tags', 'documents', 'files'],
  uses: ['provider'],
  limits: { per: 'measure', good: 0.95, bad: 0.3, range: [0, 1] },
  effort: 'trivial',
  references: ['https://keepachangelog.com/'],
  tags: ['ISO27001 A.8.32', 'SOC2 CC8.1', 'OSPS-BR-04'],
  options: z.object({}),

  title: { en: 'Releases are told in the changelog', ja: 'リリースを変更履歴に書く' },
  why: {
    en: 'Who upgrades needs to know what changed; a release that the changelog leaves out must be read commit by commit.',
    ja: '更新する人には変更点が要ります。変更履歴にないリリースは、コミットを1つずつ読むしかありません。',
  },
  fix: {
    en: 'Write an entry for each release before it is tagged, and let the release job refuse a tag without one.',
    ja: 'タグを付ける前にリリースごとの項目を書き、項目のないタグはリリースのジョブで止めてください。',
  },
  messages: {
    untold: {
      en: 'The changelog says nothing about release “{tag}”.',
      ja: '変更履歴にリリース「{tag}」の項目がありません。',
    },
    bare: {
      en: '{share} % of {count} merged requests have no description.',
      ja: '取り込まれたプルリクエスト{count}件のうち{share}%に説明がありません。',
    },
    'no-changelog': {
      en: 'No changelog that tells of these releases was read; entries kept at the host are not known.',
      ja: 'これらのリリースを記した変更履歴を読み取れません。ホスト側の記録も確かめられません。',
    },
    elsewhere: {
      en: 'The changelog leads to release pages of the host, which are not known.',
      ja: '変更履歴の記載がホスト側のリリースページに委ねられており、その内容は読み取れません。',
    },
  },
  examples: {
    bad: [
      {
        files: { 'CHANGELOG.md': LOG },
        commits: changes('Start', 'a', 'b'),
        tags: tagged('v1.0.0', 'v1.1.0', 'v1.2.0'),
      },
      {
        files: { 'CHANGES.rst': 'Version 2.0\n-----------\n\n最初の版\n' },
        commits: changes('a', 'b'),
        tags: tagged('2.0.0', '2.0.1'),
      },
      {
        files: { 'docs/NEWS': '1.10.0 reads dates\n1.0.0 begins\n' },
        commits: changes('a', 'b', 'c'),
        tags: tagged('lib-1.0.0', 'lib-1.1.0', 'lib-1.10.0'),
      },
    ],
    good: [
      { files: { 'CHANGELOG.md': LOG }, commits: changes('Start', 'a'), tags: tagged('v1.0.0', 'v1.1.0') },
      {
        files: { 'HISTORY.md': '## 2.1 (日付)\n\n- a\n\n## 2.0.1\n\n- b\n\n## 2.0\n' },
        commits: changes('a', 'b', 'c', 'd'),
        tags: tagged('2.0.0', '2.0.1', '2.1.0', '3.0.0-rc.1'),
      },
      {
        files: {
          'CHANGELOG.md': 'See the folder.\n',
          'changelogs/v1.0.0.md': '- a\n',
          'changelogs/v1.1.0.md': '- b\n',
        },
        commits: changes('a', 'b'),
        tags: tagged('v1.0.0', 'v1.1.0'),
        provider: hostSays({ pullRequests: Array.from({ length: 12 }, (_, at) => pullRequest(at + 1)) }),
      },
    ],
  },

  *check({ tags, documents, files, provider, now }): CheckOutput {
    const releases = releasesToTell(tags, now);
    if (releases.length === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const logs = documents.filter(({ path }) => isChangelog(path));
    const paths = changelogPaths(files);
    const told = versionsTold(logs, paths);
    if (logs.length === 0 && paths.length === 0) return { outcome: 'not-available', reason: 'no-changelog' };

    if (provider) yield* bareRequests(provider);
    const judged = told.isCutOff ? releases.slice(0, NEWEST_OF_CUT_OFF) : releases;
    const untold = judged.filter((release) => !isTold(release, told));
    const isElsewhere = logs.some(({ text }) => ELSEWHERE.test(text));
    const read = new Set(logs.map(({ path }) => path));
    const isPartlyRead = paths.some((path) => CHANGELOG_NAME.test(path) && !read.has(path));
    if (untold.length > 0 && (isElsewhere || isPartlyRead || untold.length === judged.length)) {
      // A file that tells of no release at all is of another kind, or kept for another package.
      return { outcome: 'not-available', reason: isElsewhere ? 'elsewhere' : 'no-changelog' };
    }
    for (const { tag } of untold) {
      yield { messageId: 'untold', data: { tag: tag.name }, commits: [tag.commitId], anchor: tag.name };
    }
    return {
      value: 1 - untold.length / judged.length,
      population: judged.length,
      metrics: { told_releases_percent: percent(judged.length - untold.length, judged.length) },
    };
  },
});
