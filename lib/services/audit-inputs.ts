import { matchAdvisories } from '@/lib/advisories/match-advisories';
import { cleanJson } from '@/lib/clean-text';
import { db } from '@/lib/db/client';
import type { Logger } from '@/lib/logger';
import { canonicalJson } from '@/lib/magics/hash';
import { type DependencyMap, dependenciesOf, mapAdvisories } from '@/lib/magics/maps/dependency-map';
import { loadMapOf } from './audit-maps';
import { newestCoverageHash } from './coverage-reports';
import { readVerdicts } from './finding-verdicts';
import { hostEvidenceHashNow } from './host-evidence';
import { importedAdvisories } from './imported-advisories';

/** What an audit was judged with besides its commit, policy and rules. */
export interface KeptInputs {
  id: string;
  projectId: string;
  commitId: string;
  committedAt: Date | null;
  coverageHash: string | null;
  verdictsHash: string | null;
  hostEvidence: { hash: string } | null;
}

/** Whether an audit of the same commit would be given the same coverage report and verdicts. */
export async function areSentInputsSame({ projectId, commitId, ...kept }: KeptInputs): Promise<boolean> {
  if ((await newestCoverageHash(db(), projectId, commitId)) !== kept.coverageHash) return false;
  return (await readVerdicts(db(), projectId, [])).verdictsHash === kept.verdictsHash;
}

/** Whether the advisories of this process say the same of the audit's dependencies, by data of the same date. */
export async function areAdvisoriesSame({ id }: Pick<KeptInputs, 'id'>): Promise<boolean> {
  const [{ value: map }, data] = await Promise.all([
    loadMapOf<DependencyMap>(id, 'dependencies'),
    importedAdvisories(),
  ]);
  const kept = map?.advisories ?? null;
  if (!map || !data) return kept === null && data === null;
  // Before all dependencies are matched anew.
  if (kept?.date !== data.date) return false;
  const dependencies = dependenciesOf(map);
  const told = mapAdvisories(dependencies, matchAdvisories(dependencies, data));
  return canonicalJson(cleanJson(told)) === canonicalJson(kept);
}

/** Whether the Git host, asked again, says what it said to the audit. */
export async function isHostEvidenceSame(
  { commitId, committedAt, hostEvidence }: KeptInputs,
  project: { repositoryUrl: string; connectionId: string | null; branch: string },
  options: { signal: AbortSignal; log: Logger },
): Promise<boolean> {
  const kept = hostEvidence?.hash ?? null;
  if (project.connectionId === null) return kept === null;
  if (committedAt === null) return false;
  const now = committedAt.getTime() / 1000;
  return (await hostEvidenceHashNow(project, { commitId, now }, options)) === kept;
}
