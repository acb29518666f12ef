import * as z from 'zod';
import { AppError } from '@/lib/errors';
import { askGraphql, type GraphqlQuestion } from '../graphql';
import type { PageOf, ProviderClient } from '../provider';
import { projectOf } from './api';

interface ProjectQuestion<Schema extends z.ZodType> extends Pick<GraphqlQuestion<Schema>, 'query' | 'schema'> {
  path: string;
  variables?: Readonly<Record<string, unknown>>;
  page?: PageOf;
}

/**
 * What a project says, https://docs.gitlab.com/api/graphql/reference. The query names it `$path` and goes on `$after`.
 * Throws `provider_not_found` for a project that the credential may not see.
 */
export async function askProject<Schema extends z.ZodType>(
  client: ProviderClient,
  { path, query, schema, variables = {}, page = {} }: ProjectQuestion<Schema>,
): Promise<z.output<Schema>> {
  const { credential, baseUrl } = client;
  const [, fullPath] = projectOf(path);
  const data = await askGraphql(client, new URL(`${baseUrl}/api/graphql`), {
    query,
    variables: { ...variables, path: fullPath, after: page.cursor ?? null },
    headers: credential ? { authorization: `Bearer ${credential.token}` } : {},
    schema: z.object({ project: z.record(z.string(), z.unknown()).nullable() }),
    needs: 'read_api',
  });
  if (data.project === null) throw new AppError('provider_not_found', 'the host does not show the project');
  const parsed = schema.safeParse(data.project);
  if (parsed.success) return parsed.data;
  throw new AppError('provider_unavailable', 'the host tells of the project in a shape that is not known');
}

/** Numbers of merge requests and issues are text in GraphQL. */
export const Iid = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
export const User = z.object({ username: z.string() }).nullish();
