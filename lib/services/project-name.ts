import { db } from '@/lib/db/client';
import type { RepositoryUrl } from '@/lib/git/repository-url';

const LONGEST_NAME = 120;

/** The name of a repository, with as much of its path before it as tells it from the team's other projects. */
export async function freeName(teamId: string, { name, path }: Pick<RepositoryUrl, 'name' | 'path'>): Promise<string> {
  const folders = path.split('/').filter(Boolean).slice(0, -1);
  const choices = folders
    .map((_, at) => [...folders.slice(at), name].join('/'))
    .reverse()
    .filter((choice) => choice.length <= LONGEST_NAME);
  const taken = await db().project.findMany({
    where: { teamId, name: { in: [name, ...choices] } },
    select: { name: true },
  });
  const isFree = (choice: string) => taken.every((project) => project.name !== choice);
  return [name, ...choices].find(isFree) ?? name;
}
