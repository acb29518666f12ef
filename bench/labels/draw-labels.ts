import { compareText, sha256 } from '@/lib/magics/hash';

export interface Drawable {
  ruleId: string;
  repository: string;
  fingerprint: string;
}

const SEED = 'fifth sample';
const PER_RULE = 20;
/** Most of one rule that are taken of a repository: the fewer have the rule, the more of each, so that the sample is not too small. */
const SHARES = [
  { fewerThan: 4, each: 5 },
  { fewerThan: 8, each: 3 },
  { fewerThan: Number.POSITIVE_INFINITY, each: 2 },
];

/** Findings to read next: of each rule as many as it lacks, in an order nobody chose, few of one repository. */
export function drawLabels<Finding extends Drawable>(
  findings: readonly Finding[],
  labelled: readonly (Drawable & { isReported: boolean })[],
): Finding[] {
  const known = new Set(labelled.map(keyOf));
  const ruleIds = [...new Set(findings.map(({ ruleId }) => ruleId))].sort(compareText);
  return ruleIds.flatMap((ruleId) => {
    const own = findings.filter((finding) => finding.ruleId === ruleId);
    const lacking = PER_RULE - labelled.filter((label) => label.ruleId === ruleId && label.isReported).length;
    const repositories = new Set(own.map(({ repository }) => repository)).size;
    const perRepository = SHARES.find(({ fewerThan }) => repositories < fewerThan)?.each ?? 0;
    const unread = own.filter((finding) => !known.has(keyOf(finding)));
    return limitPerRepository(shuffled(unread), perRepository).slice(0, Math.max(0, lacking));
  });
}

function keyOf({ ruleId, repository, fingerprint }: Drawable) {
  return `${ruleId} ${repository} ${fingerprint}`;
}

function shuffled<Finding extends Drawable>(findings: readonly Finding[]): Finding[] {
  return findings
    .map((finding) => ({ finding, order: sha256(SEED, finding.repository, finding.fingerprint) }))
    .sort((a, b) => compareText(a.order, b.order))
    .map(({ finding }) => finding);
}

function limitPerRepository<Finding extends Drawable>(findings: readonly Finding[], limit: number): Finding[] {
  const taken = new Map<string, number>();
  return findings.filter(({ repository }) => {
    const count = (taken.get(repository) ?? 0) + 1;
    taken.set(repository, count);
    return count <= limit;
  });
}
