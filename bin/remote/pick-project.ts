import type { paths } from '@/integrations/client/api-types';
import type { ElderClient } from '@/integrations/client/elder-client';
import { ElderProblem } from '@/integrations/client/problem';
import { isAppError } from '@/lib/errors';
import { originAddress } from '@/lib/git/origin-address';
import { parseRepositoryUrl } from '@/lib/git/repository-url';
import type { WhichProject } from '../remote-arguments';
import { RemoteFailure } from './remote-failure';

export interface PickedProject {
  projectId: string;
  projectName: string;
}

type ProjectPage = paths['/api/v1/projects']['get']['responses'][200]['content']['application/json'];
export type ListedProject = ProjectPage['items'][number];

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PAGE = 200;

/** By id, name or repository; else the project of the repository at the path. */
export async function pickProject(
  client: ElderClient,
  { project, repository, path }: WhichProject,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<PickedProject> {
  const named = project ?? (repository === undefined ? environment.ELDER_PROJECT : undefined);
  if (named) return ID.test(named) ? pickById(client, named) : pickByName(client, named);
  if (repository !== undefined) return pickByRepository(client, repository);
  const origin = await originAddress(path).catch((error) => {
    if (isAppError(error)) return null;
    throw error;
  });
  if (origin === null) throw new RemoteFailure({ kind: 'whichProject', path });
  return pickByRepository(client, origin);
}

async function pickById(client: ElderClient, projectId: string): Promise<PickedProject> {
  try {
    const { data } = await client.GET('/api/v1/projects/{projectId}/overview', { params: { path: { projectId } } });
    if (data) return data;
  } catch (error) {
    if (!(error instanceof ElderProblem && error.code === 'not_found')) throw error;
  }
  throw new RemoteFailure({ kind: 'unknownProject', name: projectId });
}

async function pickByName(client: ElderClient, name: string): Promise<PickedProject> {
  const found: ListedProject[] = [];
  for await (const one of listProjects(client, name)) if (one.projectName === name) found.push(one);
  const [project, other] = found;
  if (!project) throw new RemoteFailure({ kind: 'unknownProject', name });
  if (other) throw new RemoteFailure({ kind: 'ambiguousProject', name });
  return project;
}

async function pickByRepository(client: ElderClient, address: string): Promise<PickedProject> {
  const wanted = repositoryKey(address);
  for await (const one of listProjects(client)) if (repositoryKey(one.repositoryUrl) === wanted) return one;
  throw new RemoteFailure({ kind: 'noSuchRepository', address: withoutUser(address) });
}

export async function* listProjects(client: ElderClient, search?: string): AsyncGenerator<ListedProject, void> {
  let cursor: string | undefined;
  do {
    const query = { limit: PAGE, ...(search !== undefined && { search }), ...(cursor !== undefined && { cursor }) };
    const { data } = await client.GET('/api/v1/projects', { params: { query } });
    yield* data?.items ?? [];
    cursor = data?.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** Equal for two spellings of one address; one that we would not fetch from stands for itself. */
function repositoryKey(address: string): string {
  const clean = withoutUser(address);
  try {
    return parseRepositoryUrl(clean, { allowLocal: true }).key;
  } catch {
    return clean.replace(/^[a-z]+:\/\//i, '').replace(/(?:\.git)?\/*$/, '');
  }
}

/** Checkouts of build servers carry a token in the address of their origin. */
function withoutUser(address: string): string {
  return address.replace(/^(https?:\/\/)[^/@]*@/i, '$1');
}
