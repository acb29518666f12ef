import type { Fix } from '@/lib/fixes/fix-file';
import { REPORT_TEXTS } from '@/lib/i18n/report';
import { messageOf, reasonOf } from '@/lib/i18n/rule-text';
import type { Rule } from '@/lib/magics/define';
import { findRuleIn } from '@/lib/magics/own-rules/find-rule-in';
import type { OwnRule } from '@/lib/magics/own-rules/own-rule';
import { findRule, magicOf, RULE_PACK_VERSION } from '@/lib/magics/registry';
import type { Finding, Language, Location, MagicId, Severity, SkippedRule, Suppression } from '@/lib/magics/types';
import { DRIVER_NAME } from './driver-name';
import { type OtherTool, ownNameOf } from './other-tools';

export interface SarifInput {
  commit: string;
  branch: string | null;
  /** Address without credentials; null for a local clone. */
  repositoryUrl: string | null;
  findings: readonly SarifFinding[];
  skipped: readonly SkippedRule[];
  /** Rules of the team's own that were asked. */
  ownRules?: readonly OwnRule[];
  language: Language;
  /** Safe mechanical fixes by fingerprint; left out when they were not asked for. */
  fixes?: ReadonlyMap<string, Fix>;
  /** What was left out before, and why; told in the log. */
  notes?: readonly SarifNote[];
  /** Magics that could not be judged. */
  missing?: readonly MagicId[];
  /** What other tools reported: a run each. */
  others?: readonly OtherTool[];
  /** Baseline state by fingerprint; left out when nothing was compared. */
  stateOf?: (fingerprint: string) => 'new' | 'unchanged' | 'updated' | 'absent';
}

export interface SarifNote {
  id: string;
  text: string;
  count: number;
}

export type SarifFinding = Pick<
  Finding,
  | 'ruleId'
  | 'severity'
  | 'confidence'
  | 'path'
  | 'startLine'
  | 'endLine'
  | 'related'
  | 'messageId'
  | 'data'
  | 'fingerprint'
> & { suppression?: Suppression };

const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** CVSS-like numbers that code hosts turn back into severities. */
const SECURITY_SEVERITY: Record<Severity, string> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.0',
};

/** As many as GitHub shows: of a result's places, and of a rule's tags. */
const MAX_LOCATIONS = 100;
const MAX_TAGS = 10;

/** Where results stand that are of no file. */
const WHOLE_REPOSITORY = 'whole-repository';

/** A SARIF 2.1.0 log with a run of ours, and one of each other tool. Pure; the same findings give the same log. */
export function buildSarif({
  commit,
  branch,
  repositoryUrl,
  findings,
  skipped,
  ownRules,
  language,
  fixes,
  notes = [],
  missing = [],
  others = [],
  stateOf,
}: SarifInput) {
  const ruleIds = [...new Set([...findings, ...skipped].map(({ ruleId }) => ruleId))].sort();
  const indexOf = new Map(ruleIds.map((id, index) => [id, index]));
  const ours = {
    tool: {
      driver: {
        name: DRIVER_NAME,
        semanticVersion: `${RULE_PACK_VERSION}.0.0`,
        rules: ruleIds.flatMap((id) => {
          const rule = findRuleIn(ownRules, id);
          return [rule ? toReportingDescriptor(rule, language) : { id }];
        }),
      },
    },
    language,
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository.' } } },
    versionControlProvenance: [
      { ...(repositoryUrl && { repositoryUri: repositoryUrl }), revisionId: commit, ...(branch && { branch }) },
    ].filter(({ repositoryUri }) => repositoryUri !== undefined),
    invocations: [
      {
        executionSuccessful: missing.length === 0 && skipped.every(({ reason }) => reason !== 'threw'),
        toolExecutionNotifications: [
          ...missing.map((magic) => ({
            level: 'error',
            descriptor: { id: 'magic-not-judged' },
            message: { text: `${magicOf(magic).title[language]}: ${REPORT_TEXTS[language].notJudged}` },
            properties: { magic },
          })),
          ...notes.map(({ id, text, count }) => ({
            level: 'warning',
            descriptor: { id },
            message: { text },
            properties: { count },
          })),
          ...skipped.map((rule) => ({
            level: rule.reason === 'threw' ? 'error' : 'note',
            message: { text: reasonOf(rule, language) },
            associatedRule: { id: rule.ruleId, index: indexOf.get(rule.ruleId) },
          })),
        ],
      },
    ],
    results: findings.map((finding) => ({
      ruleId: finding.ruleId,
      ruleIndex: indexOf.get(finding.ruleId),
      level: LEVELS[finding.severity],
      rank: Math.round(finding.confidence * 100),
      message: { text: messageOf(finding, language) },
      locations: [placeOf(finding)],
      ...(finding.related.length > 0 && {
        relatedLocations: finding.related.slice(0, MAX_LOCATIONS - 1).map(toLocation),
      }),
      partialFingerprints: { 'elderFinding/v1': finding.fingerprint },
      ...toFixes(finding, language, fixes?.get(finding.fingerprint)),
      ...(finding.suppression && { suppressions: [toSuppression(finding.suppression)] }),
      ...(stateOf && { baselineState: finding.suppression ? 'unchanged' : stateOf(finding.fingerprint) }),
      properties: { severity: finding.severity, confidence: finding.confidence },
    })),
    properties: { commit },
  };
  const runs: [typeof ours, ...ReturnType<typeof toOtherRun>[]] = [
    ours,
    ...others.map((other) => toOtherRun(other, repositoryUrl)),
  ];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs,
  };
}

/** As the tool itself would say it, with what became of its findings here. */
function toOtherRun(other: OtherTool, repositoryUrl: string | null) {
  const { toolName, toolVersion, category, commit, findings } = other;
  const rules = new Map(findings.map((finding) => [ownNameOf(finding, other), finding]));
  return {
    tool: {
      driver: {
        name: toolName,
        ...(toolVersion !== null && { version: toolVersion }),
        rules: [...rules].map(([id, { helpUri, weaknesses }]) => ({
          id,
          ...(helpUri !== null && { helpUri }),
          ...(weaknesses.length > 0 && {
            properties: { tags: weaknesses.slice(0, MAX_TAGS).map((number) => `external/cwe/cwe-${number}`) },
          }),
        })),
      },
    },
    ...(category !== '' && { automationDetails: { id: `${category}/` } }),
    originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository.' } } },
    versionControlProvenance: repositoryUrl === null ? [] : [{ repositoryUri: repositoryUrl, revisionId: commit }],
    results: findings.map((finding) => ({
      ruleId: ownNameOf(finding, other),
      level: LEVELS[finding.severity],
      rank: Math.round(finding.confidence * 100),
      message: { text: finding.message },
      locations: [placeOf(finding)],
      partialFingerprints: { 'elderImport/v1': finding.fingerprint },
      ...(finding.suppression && { suppressions: [toSuppression(finding.suppression)] }),
      baselineState: finding.state === 'new' || finding.state === 'reopened' ? 'new' : 'unchanged',
      properties: { severity: finding.severity, confidence: finding.confidence },
    })),
    properties: { commit },
  };
}

function toReportingDescriptor(rule: Rule, language: Language) {
  return {
    id: rule.id,
    ...(rule.catalogue !== '' && { name: rule.catalogue }),
    shortDescription: { text: rule.title[language] },
    fullDescription: { text: rule.why[language] },
    help: { text: rule.fix[language] },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: {
      tags: [rule.magic, ...rule.tags].slice(0, MAX_TAGS),
      precision: rule.confidence >= 0.9 ? 'very-high' : rule.confidence >= 0.7 ? 'high' : 'medium',
      ...(rule.tags.some((tag) => tag.startsWith('CWE-')) && { 'security-severity': SECURITY_SEVERITY[rule.severity] }),
    },
  };
}

/** Settings lie beside the code, verdicts on a server: for those who read the log they are no comment in the source. */
function toSuppression(suppression: Suppression) {
  const { source, reason, expires } = suppression;
  const properties = {
    ...(source === 'team' && { verdict: suppression.verdict }),
    ...(expires !== null && { expires }),
  };
  return {
    kind: source === 'line' || source === 'file' ? 'inSource' : 'external',
    status: 'accepted',
    justification: reason,
    ...(source !== 'team' && { location: toLocation({ path: suppression.path, line: suppression.line }) }),
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}

function toFixes({ path, ruleId }: SarifFinding, language: Language, fix: Fix | undefined) {
  if (path === null || !fix) return {};
  const replacements = fix.replacements.map(({ startLine, endLine, text }) => ({
    deletedRegion: { startLine, startColumn: 1, endLine: endLine + 1, endColumn: 1 },
    ...(text !== '' && { insertedContent: { text } }),
  }));
  const description = { text: findRule(ruleId)?.fix[language] ?? ruleId };
  return { fixes: [{ description, artifactChanges: [{ artifactLocation: artifactOf(path), replacements }] }] };
}

function artifactOf(path: string) {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}

/** GitHub refuses a whole log for one result without a file: https://github.com/github/codeql-action/issues/2459 */
function placeOf({ path, startLine, endLine }: Pick<SarifFinding, 'path' | 'startLine' | 'endLine'>) {
  if (path === null) return toLocation({ path: WHOLE_REPOSITORY, line: 1 });
  return toLocation({ path, line: startLine ?? 1, endLine: endLine ?? undefined });
}

function toLocation({ path, line, endLine }: Location) {
  return {
    physicalLocation: {
      artifactLocation: artifactOf(path),
      region: { startLine: Math.max(1, line), ...(endLine !== undefined && { endLine: Math.max(1, line, endLine) }) },
    },
  };
}
