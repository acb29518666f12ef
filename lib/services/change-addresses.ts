import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import type { Finding } from '@/lib/magics/types';
import { listedOf } from '@/lib/reports/pull-request/answer';
import { type ComparedState, comparedFindingAnchor } from '@/lib/schemas/comparisons';
import type { PullRequestChanges } from './pull-request-changes';

interface ComparedWithBase {
  id: string;
  projectId: string;
  gateBaselineId: string | null;
}

/**
 * Where to look at each finding that is named of a pull request, by fingerprint. What its branch brings is no finding of the
 * project yet: the comparison with the base shows it. What the base had has a page, where the project's branch had it too.
 */
export async function loadChangeAddresses(
  audit: ComparedWithBase,
  changes: PullRequestChanges,
): Promise<ReadonlyMap<string, string>> {
  const { projectId } = audit;
  const project = `${env().PUBLIC_URL}/projects/${projectId}`;
  const listed = listedOf(changes);
  const old = [...listed.reopened, ...listed.fixed];
  const rows = await db().finding.findMany({
    where: { projectId, fingerprint: { in: old.flatMap(fingerprintsOf) } },
    select: { id: true, fingerprint: true },
  });
  const ids = new Map(rows.map(({ id, fingerprint }) => [fingerprint, id]));
  const compared = (finding: Finding, change: ComparedState) =>
    `${project}/compare?from=${audit.gateBaselineId}&to=${audit.id}&change=${change}#${comparedFindingAnchor(finding)}`;
  const known = (finding: Finding, change: ComparedState) => {
    const id = fingerprintsOf(finding).flatMap((fingerprint) => ids.get(fingerprint) ?? [])[0];
    return id ? `${project}/findings?state=all&finding=${id}` : compared(finding, change);
  };
  return new Map([
    ...listed.new.map((finding) => [finding.fingerprint, compared(finding, 'new')] as const),
    ...listed.reopened.map((finding) => [finding.fingerprint, known(finding, 'open_again')] as const),
    ...listed.fixed.map((finding) => [finding.fingerprint, known(finding, 'fixed')] as const),
  ]);
}

/** A file that the branch moves is known by the path that it has in the project. */
function fingerprintsOf({ fingerprint, formerFingerprint }: Finding): string[] {
  return formerFingerprint === undefined ? [fingerprint] : [fingerprint, formerFingerprint];
}
