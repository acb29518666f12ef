import type { Context } from '@/lib/auth/context';
import { cleanJson } from '@/lib/clean-text';
import { db } from '@/lib/db/client';
import type { GitRepository } from '@/lib/git/open-local';
import { readFileAt } from '@/lib/git/read-file-at';
import { CODE_OWNERS_PLACES, ownersOf } from '@/lib/magics/sages/code-owners';
import type { OriginView } from '@/lib/schemas/triage';
import { requireFinding } from './access';
import { blameOrNothing } from './blame-or-nothing';
import { type FindingPlace, findPlaceOf } from './finding-file';
import { toOriginView } from './finding-view';
import { takeGitTurn } from './git-turn';
import { openKept } from './repositories';

const TIMEOUT_MS = 10_000;
const MAX_OWNERS_BYTES = 256 * 1024;
const MOST_OWNERS = 10;

const NOWHERE: OriginView = {
  introducedCommit: null,
  introducedAt: null,
  authorName: null,
  owners: [],
  ownerSource: null,
};

/** Where a finding comes from; asked of Git once for each audited commit, then kept. */
export async function getFindingOrigin(ctx: Context, findingId: string): Promise<OriginView> {
  const finding = await requireFinding(ctx, findingId, 'project.read');
  const place = await findPlaceOf(finding);
  if (!place) return NOWHERE;
  const known = await db().findingOrigin.findFirst({ where: { findingId } });
  if (known?.commitId === place.commit) return toOriginView(known);

  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const origin = cleanJson(await takeGitTurn(finding.project.teamId, () => readOrigin(ctx, place, signal), signal));
  const row = { ...origin, projectId: finding.projectId, commitId: place.commit };
  await db().findingOrigin.upsert({ where: { findingId }, create: { ...row, findingId }, update: row });
  return origin;
}

async function readOrigin(ctx: Context, place: FindingPlace, signal: AbortSignal): Promise<OriginView> {
  const { path, startLine, commit, finding } = place;
  const repository = await openKept(finding.project, commit, signal);
  const [line] = await blameOrNothing(ctx, repository, { commit, path, startLine, endLine: startLine }, signal);
  const owners = await readOwners(repository, commit, path, signal);
  const authorName = line?.authorName.trim() || null;
  return {
    introducedCommit: line?.commit ?? null,
    introducedAt: line ? new Date(line.authoredAt * 1000).toISOString() : null,
    authorName,
    owners: owners.length > 0 ? owners.slice(0, MOST_OWNERS) : authorName ? [authorName] : [],
    ownerSource: owners.length > 0 ? 'codeowners' : authorName ? 'blame' : null,
  };
}

/** Of the first CODEOWNERS there is, as hosts look for it. */
async function readOwners(repository: GitRepository, commit: string, path: string, signal: AbortSignal) {
  for (const place of CODE_OWNERS_PLACES) {
    const bytes = await readFileAt(repository, commit, place, { maxBytes: MAX_OWNERS_BYTES, signal });
    if (bytes) return ownersOf(new TextDecoder().decode(bytes), path);
  }
  return [];
}
