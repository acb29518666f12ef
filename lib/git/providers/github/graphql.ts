import type * as z from 'zod';
import { askGraphql, type GraphqlQuestion } from '../graphql';
import type { PageOf, ProviderClient } from '../provider';
import { apiUrl } from './api';

type Asked<Schema extends z.ZodType> = Omit<GraphqlQuestion<Schema>, 'headers'>;

/** https://docs.github.com/graphql */
export function askGitHub<Schema extends z.ZodType>(
  client: ProviderClient,
  question: Asked<Schema>,
): Promise<z.output<Schema>> {
  const { credential, baseUrl } = client;
  const headers: Record<string, string> = credential ? { authorization: `Bearer ${credential.token}` } : {};
  return askGraphql(client, graphqlUrl(baseUrl), { ...question, headers });
}

/** Of the host, or of an Enterprise Server. */
function graphqlUrl(baseUrl: string): URL {
  const api = apiUrl(baseUrl);
  return new URL(api.endsWith('/api/v3') ? `${baseUrl}/api/graphql` : `${api}/graphql`);
}

export function cursorOf({ cursor }: PageOf): { after: string | null } {
  return { after: cursor ?? null };
}
