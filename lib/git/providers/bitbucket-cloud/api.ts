import * as z from 'zod';
import { AppError } from '@/lib/errors';
import { type Answer, addressOf, askFor, type Question } from '../ask';
import { basic } from '../basic';
import type { Page, PageOf, ProviderClient } from '../provider';

const PUBLIC_URL = 'https://bitbucket.org';
const API_URL = 'https://api.bitbucket.org/2.0';
const LONGEST_CURSOR = 2_000;

/** Tokens with a name beside them (API tokens, app passwords) are sent as a password; access tokens as they are. */
export function authorizationOf({ credential }: ProviderClient): Record<string, string> {
  if (!credential) return {};
  const username = credential.kind === 'token' ? credential.username : undefined;
  return { authorization: username ? basic(username, credential.token) : `Bearer ${credential.token}` };
}

export function ask<Schema extends z.ZodType>(
  client: ProviderClient,
  parts: readonly (string | number)[],
  schema: Schema,
  { query, ...question }: Question = {},
): Promise<Answer<z.output<Schema>>> {
  const headers = { accept: 'application/json', ...authorizationOf(client) };
  return askFor(client, addressOf(rootOf(client), parts, query), schema, { ...question, headers });
}

/** The host links to the next page and asks not to make up such links; only their query is taken, for the address we know. */
export async function askPage<Schema extends z.ZodType>(
  client: ProviderClient,
  parts: readonly (string | number)[],
  item: Schema,
  { query, page }: { query: Question['query']; page: PageOf },
): Promise<Page<z.output<Schema>>> {
  const shape = z.object({ values: z.array(item), next: z.string().nullish() });
  const url = addressOf(rootOf(client), parts, query);
  if (page.cursor !== undefined) url.search = checked(page.cursor);
  const headers = { accept: 'application/json', ...authorizationOf(client) };
  const { value } = await askFor(client, url, shape, { headers });
  return { items: value.values, nextCursor: value.next ? searchOf(value.next) : null };
}

function searchOf(next: string): string | null {
  return (URL.canParse(next) && new URL(next).search.slice(1)) || null;
}

function checked(cursor: string): string {
  if (cursor.length > LONGEST_CURSOR || !/^[\w.~%&=+!*'(),:;@/?$-]+$/.test(cursor)) {
    throw new AppError('invalid_request', 'the cursor is of no page');
  }
  return cursor;
}

function rootOf({ baseUrl }: ProviderClient): string {
  return baseUrl === PUBLIC_URL ? API_URL : `${baseUrl}/api/2.0`;
}

/** Workspace and name for an address. Throws `provider_not_found` for a path that cannot be of a repository. */
export function partsOf(path: string): [string, string] {
  const [workspace = '', slug = '', ...rest] = path.split('/');
  if (rest.length > 0 || !isName(workspace) || !isName(slug)) {
    throw new AppError('provider_not_found', 'a repository is named workspace/name');
  }
  return [workspace, slug];
}

function isName(text: string): boolean {
  return /^(?!\.+$)[\w.-]{1,100}$/.test(text);
}
