import type { Rule } from './define';
import { canonicalJson, compareText, sha256 } from './hash';
import { lowerTo } from './path-policy';
import type { RuleExceptions } from './repository-view';
import { demote } from './team-precision';
import { type Finding, type RawFinding, SEVERITIES, type Severity } from './types';

const MAX_EVIDENCE = 200;

/**
 * What a rule found, with all that a finding has wherever it is shown. Equal ones at a path are told apart by their order.
 * A demoted rule's count one severity less unless the team has set one; none counts more than the team lets it at its path.
 */
export function toFindings(
  rule: Rule,
  raw: readonly RawFinding[],
  { override, mostAt }: { override: Severity | undefined; mostAt: ((path: string) => Severity | null) | null },
  { formerPaths, isDemoted }: Pick<RuleExceptions, 'formerPaths' | 'isDemoted'>,
): Finding[] {
  const seen = new Map<string, number>();
  return raw.map((finding) => {
    if (!rule.messages[finding.messageId]) throw new Error(`${rule.id} has no message ${finding.messageId}`);
    const data = finding.data ?? {};
    const severity = finding.severity ?? rule.severity;
    const path = finding.location?.path ?? '';
    const anchor = (finding.anchor ?? `${finding.messageId} ${canonicalJson(data)}`).replace(/\s+/g, ' ').trim();
    const key = sha256(rule.id, path, anchor);
    const formerPath = formerPaths.get(path);
    const most = finding.location && mostAt ? mostAt(path) : null;
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return {
      ruleId: rule.id,
      magic: rule.magic,
      severity: lowerTo(override ?? (isDemoted ? demote(severity) : severity), most),
      confidence: finding.confidence ?? rule.confidence,
      path: finding.location?.path ?? null,
      startLine: finding.location?.line ?? null,
      endLine: finding.location ? (finding.location.endLine ?? finding.location.line) : null,
      related: finding.related ?? [],
      commits: finding.commits ?? [],
      messageId: finding.messageId,
      data,
      evidence: finding.evidence?.slice(0, MAX_EVIDENCE) ?? null,
      fingerprint: sha256(key, String(occurrence)),
      ...(formerPath !== undefined && {
        formerFingerprint: sha256(sha256(rule.id, formerPath, anchor), String(occurrence)),
      }),
    };
  });
}

/** The order in which a rule's findings are numbered: it does not depend on how the rule came to them. */
export function byRawPlace(a: RawFinding, b: RawFinding): number {
  return (
    compareText(a.location?.path ?? '', b.location?.path ?? '') ||
    (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
    compareText(a.commits?.[0] ?? '', b.commits?.[0] ?? '') ||
    compareText(a.messageId, b.messageId) ||
    compareText(canonicalJson(a.data ?? {}), canonicalJson(b.data ?? {}))
  );
}

/** The gravest first. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.path ?? '', b.path ?? '') ||
    (a.startLine ?? 0) - (b.startLine ?? 0) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}
