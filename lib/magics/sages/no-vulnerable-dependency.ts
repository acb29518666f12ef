import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { AdvisoriesFact, AdvisoryMatchFact } from '../facts/project';
import { packageUrl } from '../package-url';
import type { Severity } from '../types';

const ORDER = ['critical', 'high', 'medium', 'low'] as const;
type Rating = (typeof ORDER)[number];

/** Share of a serious vulnerability that each counts for. */
const WEIGHTS: Readonly<Record<Rating, number>> = { critical: 1, high: 1, medium: 0.25, low: 0.05 };
const SHOWN_IDS = 3;

/** What only developers and build servers run is out of reach for most attackers. */
function severityOf({ severity, isDevelopment }: AdvisoryMatchFact): Rating {
  if (!isDevelopment) return severity;
  return ORDER[Math.min(ORDER.indexOf(severity) + 1, ORDER.length - 1)] ?? 'low';
}

interface Vulnerable {
  matches: AdvisoryMatchFact[];
  worst: AdvisoryMatchFact;
}

/** Vulnerabilities by package, version and file: one step mends them all. */
function packagesOf(matches: readonly AdvisoryMatchFact[]): Vulnerable[] {
  const groups = new Map<string, AdvisoryMatchFact[]>();
  for (const match of matches) {
    const key = `${match.path}\n${packageUrl(match)}`;
    groups.set(key, [...(groups.get(key) ?? []), match]);
  }
  return [...groups.values()].flatMap((group) => {
    const [worst] = [...group].sort(byWeight);
    return worst ? [{ matches: group, worst }] : [];
  });
}

function byWeight(a: AdvisoryMatchFact, b: AdvisoryMatchFact): number {
  return (
    ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || (b.score ?? 0) - (a.score ?? 0) || (a.id < b.id ? -1 : 1)
  );
}

function messageFor(count: number, mended: number): string {
  if (count === 1) return mended === 0 ? 'unfixed' : 'fixed';
  if (mended === 0) return 'severalUnfixed';
  return mended === count ? 'several' : 'partly';
}

/** The worst first. */
function idsOf(matches: readonly AdvisoryMatchFact[], worst: AdvisoryMatchFact): string {
  const ids = [...new Set([worst.id, ...[...matches].sort(byWeight).map(({ id }) => id)])];
  return ids.length > SHOWN_IDS ? `${ids.slice(0, SHOWN_IDS).join(', ')}, …` : ids.join(', ');
}

const namesOf = ({ id, aliases }: AdvisoryMatchFact) => [id, ...aliases];

const LOCK = JSON.stringify(
  {
    name: 'shop',
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { lodash: '^4.17.0' }, devDependencies: { minimist: '^1.2.0' } },
      'node_modules/lodash': { version: '4.17.20', license: 'MIT' },
      'node_modules/minimist': { version: '1.2.5', dev: true },
    },
  },
  null,
  2,
);
const MANIFEST = '{ "name": "shop", "private": true, "dependencies": { "lodash": "^4.17.0" } }';

const INJECTION: AdvisoryMatchFact = {
  path: 'package-lock.json',
  line: 12,
  ecosystem: 'npm',
  name: 'lodash',
  version: '4.17.20',
  isDirect: true,
  isDevelopment: false,
  id: 'GHSA-35jh-r3h4-6jhm',
  aliases: ['CVE-2021-23337'],
  summary: 'Command Injection in lodash',
  score: 7.2,
  severity: 'high',
  fixedIn: '4.17.21',
  upgradeTo: '4.17.21',
};

const given = (...matches: AdvisoryMatchFact[]): AdvisoriesFact => ({
  date: '2024-01-01',
  source: 'OSV: npm',
  matches,
});

export const noVulnerableDependency = defineRule({
  id: 'sages/no-vulnerable-dependency',
  catalogue: 'SAG-I4',
  group: 'incident',
  severity: 'high',
  upTo: 'critical',
  confidence: 0.95,
  needs: ['dependencies', 'lockFiles', 'advisories'],
  limits: { per: 'measure', good: 0, bad: 5, range: [0, Number.POSITIVE_INFINITY] },
  effort: 'trivial',
  references: [
    'https://ossf.github.io/osv-schema/',
    'https://owasp.org/Top10/A06_2021-Vulnerable_and_Outdated_Components/',
    'https://github.com/ossf/scorecard/blob/main/docs/checks.md#vulnerabilities',
  ],
  tags: [
    'CWE-1395',
    'OWASP A06',
    'NIST SSDF RV.1',
    'ISO27001 A.8.8',
    'OSPS-VM-05',
    'HIPAA 164.308(a)(1)(ii)(B)',
    'GDPR 32(1)(b)',
  ],
  terms: ['cve', 'sca', 'advisory', '脆弱性'],
  options: z.object({
    /** Ids of advisories that were looked at and do not apply. */
    ignore: z.array(z.string().max(100)).max(1_000).default([]),
  }),

  title: { en: 'No known vulnerabilities in dependencies', ja: '既知の脆弱性を持つ依存を残さない' },
  why: {
    en: 'How to attack a known vulnerability is public; scanners look for it all day.',
    ja: '既知の脆弱性は攻撃方法が公開されており、常に自動で探索されています。',
  },
  fix: {
    en: 'Upgrade to the fixed version and commit the lock file. Where the code cannot be reached, ignore the advisory by its id and say why.',
    ja: '修正済みのバージョンに上げ、ロックファイルをコミットしてください。影響を受けないと確認できた場合は、理由を添えて ID で除外してください。',
  },
  messages: {
    fixed: {
      en: '{name} {version} has a known vulnerability: {ids} (CVSS {score}). Version {upgrade} mends it.',
      ja: '{name} {version} には既知の脆弱性があります：{ids}（CVSS {score}）。{upgrade} で修正されています。',
    },
    unfixed: {
      en: '{name} {version} has a known vulnerability: {ids} (CVSS {score}). No version is known to mend it.',
      ja: '{name} {version} には既知の脆弱性があります：{ids}（CVSS {score}）。修正されたバージョンは知られていません。',
    },
    several: {
      en: '{name} {version} has {count} known vulnerabilities: {ids} (CVSS up to {score}). Version {upgrade} mends them.',
      ja: '{name} {version} には既知の脆弱性が{count}件あります：{ids}（CVSS 最大 {score}）。{upgrade} ですべて修正されています。',
    },
    partly: {
      en: '{name} {version} has {count} known vulnerabilities: {ids} (CVSS up to {score}). Version {upgrade} mends {mended} of them.',
      ja: '{name} {version} には既知の脆弱性が{count}件あります：{ids}（CVSS 最大 {score}）。{upgrade} でうち{mended}件が修正されています。',
    },
    severalUnfixed: {
      en: '{name} {version} has {count} known vulnerabilities: {ids} (CVSS up to {score}). No version is known to mend them.',
      ja: '{name} {version} には既知の脆弱性が{count}件あります：{ids}（CVSS 最大 {score}）。修正されたバージョンは知られていません。',
    },
    unread: {
      en: 'the lock files could not be read',
      ja: 'ロックファイルを読み取れませんでした',
    },
  },
  examples: {
    bad: [
      { files: { 'package.json': MANIFEST, 'package-lock.json': LOCK }, advisories: given(INJECTION) },
      {
        files: { 'requirements.txt': 'django==3.2.0\n' },
        advisories: given({
          ...INJECTION,
          path: 'requirements.txt',
          line: 1,
          ecosystem: 'python',
          name: 'django',
          version: '3.2.0',
          id: 'PYSEC-2021-98',
          aliases: ['CVE-2021-33203'],
          score: null,
          severity: 'medium',
          fixedIn: null,
          upgradeTo: null,
        }),
      },
      {
        files: { 'package.json': MANIFEST, 'package-lock.json': LOCK },
        advisories: given(INJECTION, { ...INJECTION, id: 'GHSA-29mw-wpgm-hmr9', score: 5.3, severity: 'medium' }),
      },
      {
        files: { 'package.json': MANIFEST, 'package-lock.json': LOCK },
        advisories: given(INJECTION, { ...INJECTION, id: 'GHSA-0000', score: null, severity: 'low', fixedIn: null }),
      },
      {
        files: { 'package.json': MANIFEST, 'package-lock.json': LOCK },
        options: { ignore: ['CVE-2021-23337'] },
        advisories: given(INJECTION, {
          ...INJECTION,
          line: 16,
          name: 'minimist',
          version: '1.2.5',
          isDevelopment: true,
          id: 'GHSA-xvch-5gv4-984h',
          aliases: ['CVE-2021-44906'],
          score: 9.8,
          severity: 'critical',
          fixedIn: '1.2.6',
          upgradeTo: '1.2.6',
        }),
      },
    ],
    good: [
      { files: { 'package.json': MANIFEST, 'package-lock.json': LOCK }, advisories: given() },
      {
        files: { 'package.json': MANIFEST, 'package-lock.json': LOCK },
        options: { ignore: ['CVE-2021-23337'] },
        advisories: given(INJECTION),
      },
      {
        files: { 'go.mod': 'module example.org/a\n\ngo 1.22\n\nrequire github.com/gin-gonic/gin v1.9.1\n' },
        advisories: given(),
      },
    ],
  },

  *check({ dependencies, lockFiles, advisories }, { ignore }): CheckOutput {
    if (dependencies.length === 0) {
      const isUnread = lockFiles.some(({ state }) => state === 'unread');
      return isUnread
        ? { outcome: 'inconclusive', reason: 'unread' }
        : { outcome: 'not-applicable', reason: 'no-subjects' };
    }
    const ignored = new Set(ignore);
    const open = advisories.matches.filter((match) => !namesOf(match).some((name) => ignored.has(name)));
    const counts: Record<Rating, number> = { critical: 0, high: 0, medium: 0, low: 0 };
    for (const { matches, worst } of packagesOf(open)) {
      const ratings = matches.map(severityOf);
      for (const rating of ratings) counts[rating] += 1;
      const severity: Severity = ORDER.find((rating) => ratings.includes(rating)) ?? 'low';
      const { name, version, id, score, path, line, upgradeTo } = worst;
      const mended = matches.filter(({ fixedIn }) => fixedIn !== null).length;
      yield {
        messageId: messageFor(matches.length, mended),
        data: {
          name,
          version,
          count: matches.length,
          ids: idsOf(matches, worst),
          score: score === null ? '–' : score.toFixed(1),
          upgrade: upgradeTo ?? '–',
          mended,
        },
        location: { path, line },
        severity,
        anchor: `${packageUrl(worst)} ${id}`,
        evidence: worst.summary,
      };
    }
    const value = ORDER.reduce((sum, rating) => sum + counts[rating] * WEIGHTS[rating], 0);
    return {
      value: Math.round(value * 100) / 100,
      metrics: {
        locked_dependencies: dependencies.length,
        lock_files_not_whole: lockFiles.filter(({ state }) => state !== 'read').length,
        vulnerabilities_critical: counts.critical,
        vulnerabilities_high: counts.high,
        vulnerabilities_medium: counts.medium,
        vulnerabilities_low: counts.low,
        // As a number YYYYMMDD: data of another date makes another result.
        advisories_date: Number(advisories.date.replaceAll('-', '')),
      },
    };
  },
});
