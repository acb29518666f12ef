import { judgedAlike } from '@/lib/magics/judged-alike';
import type { Policy } from '@/lib/magics/policy';
import { type Finding, type RuleResult, SEVERITIES, type SuppressedFinding } from '@/lib/magics/types';
import type { ComparedState } from '@/lib/schemas/comparisons';
import { isConclusive } from './finding-matching';

/** What one audit found. */
export interface Side {
  /** Those that weigh. */
  findings: readonly Finding[];
  suppressed: readonly SuppressedFinding[];
  rules: readonly RuleResult[];
  policy: Policy;
  /** See `looksAt`. */
  isLookedAt: (finding: Finding) => boolean;
}

export interface FindingDifference {
  change: ComparedState;
  /** As the later look saw it; as the first did where that is all there is. */
  finding: Finding;
  before: Finding | null;
}

/**
 * What became of each finding between two audits. `moved`: fingerprint under today's path to the one before the file
 * moved, from the audits between them.
 */
export function compareFindingSets(from: Side, to: Side, moved: ReadonlyMap<string, string>): FindingDifference[] {
  const isAlike = judgedAlike(from.policy, to.policy);
  const couldSayBefore = couldSay(from, isAlike);
  const couldSayLater = couldSay(to, isAlike);
  const before = entriesOf(from);
  const differences: FindingDifference[] = [];
  const later: [Entry, Entry | null][] = [];
  const rest: Entry[] = [];
  for (const entry of entriesOf(to).values()) {
    const same = take(before, entry.finding.fingerprint);
    if (same) later.push([entry, same]);
    else rest.push(entry);
  }
  // Only then: what stayed where it was is itself, whatever moved in beside it.
  for (const entry of rest) later.push([entry, take(before, moved.get(entry.finding.fingerprint))]);
  for (const [entry, old] of later) {
    const change = old ? changeOf(old, entry) : appeared(entry, couldSayBefore);
    if (change) differences.push({ change, finding: entry.finding, before: old?.finding ?? null });
  }
  for (const { finding, isOpen } of before.values()) {
    if (!isOpen) continue;
    differences.push({ change: couldSayLater(finding) ? 'fixed' : 'unknown', finding, before: finding });
  }
  return differences.sort(inOrder);
}

interface Entry {
  finding: Finding;
  isOpen: boolean;
}

function entriesOf({ findings, suppressed }: Side): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const finding of suppressed) entries.set(finding.fingerprint, { finding, isOpen: false });
  for (const finding of findings) entries.set(finding.fingerprint, { finding, isOpen: true });
  return entries;
}

function take(entries: Map<string, Entry>, fingerprint: string | undefined): Entry | null {
  const entry = fingerprint === undefined ? undefined : entries.get(fingerprint);
  if (!entry) return null;
  entries.delete(entry.finding.fingerprint);
  return entry;
}

/** null: it weighed in neither. */
function changeOf(old: Entry, entry: Entry): ComparedState | null {
  if (!old.isOpen && !entry.isOpen) return null;
  if (!entry.isOpen) return 'let_stand';
  if (!old.isOpen) return 'open_again';
  return old.finding.severity === entry.finding.severity ? 'same' : 'severity_changed';
}

function appeared({ finding, isOpen }: Entry, couldSayBefore: (finding: Finding) => boolean): ComparedState | null {
  if (!isOpen) return null;
  return couldSayBefore(finding) ? 'new' : 'unknown';
}

/** Whether silence about a finding means that it is not there. */
function couldSay({ rules, isLookedAt }: Side, isAlike: (ruleId: string) => boolean): (finding: Finding) => boolean {
  const conclusive = new Set(rules.filter(isConclusive).map(({ ruleId }) => ruleId));
  return (finding) => conclusive.has(finding.ruleId) && isLookedAt(finding) && isAlike(finding.ruleId);
}

function inOrder({ finding: a }: FindingDifference, { finding: b }: FindingDifference): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.ruleId, b.ruleId) ||
    compare(a.path ?? '\uffff', b.path ?? '\uffff') ||
    (a.startLine ?? 0) - (b.startLine ?? 0) ||
    compare(a.fingerprint, b.fingerprint)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
