import * as z from 'zod';
import { AppError } from '@/lib/errors';
import { askFor } from './ask';
import { untold } from './evidence/untold';
import type { Page, ProviderClient } from './provider';

export interface GraphqlQuestion<Schema extends z.ZodType> {
  query: string;
  variables: Readonly<Record<string, unknown>>;
  headers: Record<string, string>;
  /** Of `data`. */
  schema: Schema;
  /** What the credential lacks where a host says no more than "forbidden". */
  needs: string;
  /** Paths of fields, joined by dots, that may be refused: they are null then. */
  mayLack?: readonly string[];
}

const GraphqlError = z.object({
  message: z.string(),
  /** GitHub: FORBIDDEN, INSUFFICIENT_SCOPES, NOT_FOUND, RATE_LIMITED. */
  type: z.string().nullish(),
  path: z.array(z.union([z.string(), z.number()])).nullish(),
  extensions: z.object({ code: z.string().nullish() }).nullish(),
});
type GraphqlError = z.output<typeof GraphqlError>;
const Answer = z.object({ data: z.unknown().optional(), errors: z.array(GraphqlError).nullish() });

const PageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().max(500).nullish() });

/** A connection of GraphQL: entries that the credential may not see are null. */
export function connectionOf<Schema extends z.ZodType>(item: Schema) {
  return z.object({ pageInfo: PageInfo, nodes: z.array(item.nullable()).nullish() });
}

/** The beginning of a connection whose pages nobody asks for. */
export function nodesOf<Schema extends z.ZodType>(item: Schema) {
  return z.object({ nodes: z.array(item.nullable()).nullish() }).nullish();
}

export function toPage<Row, Item>(
  { nodes, pageInfo }: { nodes?: readonly (Row | null)[] | null | undefined; pageInfo: z.output<typeof PageInfo> },
  toItem: (row: Row) => Item | null,
): Page<Item> {
  const items = (nodes ?? []).flatMap((row) => (row === null ? [] : (toItem(row) ?? [])));
  return { items, nextCursor: (pageInfo.hasNextPage && pageInfo.endCursor) || null };
}

/** Reads by GraphQL, where refusals come with status 200: they are thrown as those of a `ProviderFetch`. */
export async function askGraphql<Schema extends z.ZodType>(
  client: ProviderClient,
  url: URL,
  { query, variables, headers, schema, needs, mayLack = [] }: GraphqlQuestion<Schema>,
): Promise<z.output<Schema>> {
  const { value } = await askFor(client, url, Answer, {
    method: 'POST',
    body: { query, variables },
    headers,
    kind: 'read',
  });
  const refused = (value.errors ?? []).find((error) => !mayLack.includes(error.path?.join('.') ?? ''));
  if (refused) throw problemOf(refused, url, needs);
  const parsed = schema.safeParse(value.data);
  if (parsed.success) return parsed.data;
  const { path = [] } = parsed.error.issues[0] ?? {};
  throw new AppError('provider_unavailable', `${url.host} answers in a shape that is not known (${path.join('.')})`);
}

function problemOf({ type, message, extensions }: GraphqlError, { host }: URL, needs: string): AppError {
  const details = { host, message: message.slice(0, 300) };
  switch (type) {
    case 'RATE_LIMITED':
      return new AppError('provider_rate_limited', `${host} wants no further request`, { details });
    case 'NOT_FOUND':
      return new AppError('provider_not_found', `${host} does not show it`, { details });
    case 'FORBIDDEN':
    case 'INSUFFICIENT_SCOPES': {
      const needed = scopesIn(message) ?? [needs];
      return new AppError('provider_scope_missing', `${host} does not show it`, { details: { ...details, needed } });
    }
  }
  // Servers of a company may be older than what is asked.
  const isOlder = extensions?.code === 'undefinedField' || /^Field '\w+' doesn't exist on type/.test(message);
  return isOlder
    ? untold(message.slice(0, 300))
    : new AppError('provider_unavailable', `${host} does not answer the question`, { details });
}

/** "requires one of the following scopes: ['read:org'], but your token …" */
function scopesIn(message: string): string[] | null {
  const listed = /following scopes: \[(?<scopes>['\w:, -]{1,200})\]/.exec(message)?.groups?.scopes;
  return listed?.match(/[\w:-]+/g) ?? null;
}
