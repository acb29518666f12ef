import * as z from 'zod';
import { AppError, isAppError } from '@/lib/errors';
import { type Answer, addressOf, askFor, pageNumber, type Question } from '../ask';
import type { Page, PageOf, ProviderClient } from '../provider';

export const PER_PAGE = 100;
const VERSION = '2022-11-28';

/** Of github.com, of a tenant with data residency (`*.ghe.com`), or of an Enterprise Server. */
export function apiUrl(baseUrl: string): string {
  const { protocol, host, hostname } = new URL(baseUrl);
  const isHosted = hostname === 'github.com' || hostname.endsWith('.ghe.com');
  return isHosted ? `${protocol}//api.${host}` : `${baseUrl}/api/v3`;
}

/** Asks the API of the client's host. @param parts of the path, each encoded by itself */
export function ask<Schema extends z.ZodType>(
  client: ProviderClient,
  parts: readonly (string | number)[],
  schema: Schema,
  { query, ...question }: Question = {},
): Promise<Answer<z.output<Schema>>> {
  const { credential, baseUrl } = client;
  const headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': VERSION,
    ...(credential && { authorization: `Bearer ${credential.token}` }),
  };
  return askFor(client, addressOf(apiUrl(baseUrl), parts, query), schema, { ...question, headers });
}

/** One page of a list. @param pick of the answer, where the list lies deeper */
export async function askPage<Schema extends z.ZodType, Item>(
  client: ProviderClient,
  parts: readonly (string | number)[],
  schema: Schema,
  { query, page, itemsOf }: { query?: Question['query']; page: PageOf; itemsOf: (value: z.output<Schema>) => Item[] },
): Promise<Page<Item>> {
  const number = pageNumber(page);
  const answer = await ask(client, parts, schema, { query: { ...query, per_page: PER_PAGE, page: number } });
  const hasNext = /\brel="next"/.test(answer.headers.get('link') ?? '');
  return { items: itemsOf(answer.value), nextCursor: hasNext ? String(number + 1) : null };
}

/** `owner` and `name` for an address. Throws `provider_not_found` for a path that cannot be of a repository. */
export function partsOf(path: string): [string, string] {
  const [owner, name, ...rest] = path.split('/');
  const isName = (text: string | undefined) =>
    text !== undefined && /^[\w.-]{1,100}$/.test(text) && !/^\.+$/.test(text);
  if (!owner || !name || rest.length > 0 || !isName(owner) || !isName(name)) {
    throw new AppError('provider_not_found', 'a repository is named owner/name');
  }
  return [owner, name];
}

/** Writes; a repository that was renamed or moved is written to where it is now. */
export async function write<Value>(
  client: ProviderClient,
  path: string,
  run: (parts: [string, string]) => Promise<Value>,
): Promise<Value> {
  try {
    return await run(partsOf(path));
  } catch (error) {
    if (!isAppError(error) || error.code !== 'outgoing_redirected') throw error;
    const { value } = await ask(client, ['repos', ...partsOf(path)], z.object({ full_name: z.string() }));
    return run(partsOf(value.full_name));
  }
}
