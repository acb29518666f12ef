import { db } from '@/lib/db/client';
import type { RepositoryUrl } from '@/lib/git/repository-url';
import { LONGEST_PROJECT_NAME } from '@/lib/schemas/projects';
import { nameChoices } from './name-choices';

/** The name of a repository, with as much of its path before it as tells it from the team's other projects. */
export async function freeName(teamId: string, { name, path }: Pick<RepositoryUrl, 'name' | 'path'>): Promise<string> {
  const choices = nameChoices(name, path).filter((choice) => choice.length <= LONGEST_PROJECT_NAME);
  const taken = await db().project.findMany({
    where: { teamId, name: { in: [name, ...choices] } },
    select: { name: true },
  });
  const isFree = (choice: string) => taken.every((project) => project.name !== choice);
  return [...choices, name].find(isFree) ?? name;
}
