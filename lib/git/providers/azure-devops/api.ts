import type { Response } from 'undici';
import type * as z from 'zod';
import { AppError } from '@/lib/errors';
import { type Answer, addressOf, askFor, type Question } from '../ask';
import { basic } from '../basic';
import type { ProviderClient } from '../provider';
import { saysExpired } from '../provider-problem';

const VERSION = '7.1';
const CLOUD = 'https://dev.azure.com';
const PROFILES = 'https://app.vssps.visualstudio.com';
const NAME = /^(?!\.+$)[^/\\?#%\p{C}]{1,128}$/u;

/** Asks the API of an organisation (`parts[0]`), which is a collection on a server of one's own. */
export function ask<Schema extends z.ZodType>(
  client: ProviderClient,
  parts: readonly (string | number)[],
  schema: Schema,
  { query, ...question }: Question & { version?: string } = {},
): Promise<Answer<z.output<Schema>>> {
  return askAt(client, rootOf(client), parts, schema, { query, ...question });
}

/** Asks for people and their organisations, which lie at a host of their own in the cloud. */
export function askProfiles<Schema extends z.ZodType>(
  client: ProviderClient,
  parts: readonly (string | number)[],
  schema: Schema,
  question: Question & { version?: string } = {},
): Promise<Answer<z.output<Schema>>> {
  const root = rootOf(client);
  return askAt(client, root === CLOUD ? PROFILES : root, parts, schema, question);
}

function askAt<Schema extends z.ZodType>(
  client: ProviderClient,
  root: string,
  parts: readonly (string | number)[],
  schema: Schema,
  { query, version = VERSION, ...question }: Question & { version?: string },
): Promise<Answer<z.output<Schema>>> {
  const url = addressOf(root, parts, { ...query, 'api-version': version });
  const { credential } = client;
  const headers = {
    accept: 'application/json',
    // Without it a refused token is answered with a page to sign in at.
    'x-tfs-fedauthredirect': 'Suppress',
    ...(credential && { authorization: basic('', credential.token) }),
  };
  return askFor({ ...client, fetch: async (...asked) => refuseSignIn(await client.fetch(...asked)) }, url, schema, {
    ...question,
    headers,
  });
}

/** 203 comes with the page to sign in at. */
async function refuseSignIn(response: Response): Promise<Response> {
  if (response.status !== 203) return response;
  await response.body?.cancel();
  const code = saysExpired(response) ? 'provider_token_expired' : 'provider_unauthorized';
  throw new AppError(code, 'the host answers with the page to sign in at', {
    details: { status: 203 },
  });
}

/** Of the host, without the organisation that a person may have left in it. */
function rootOf({ baseUrl }: ProviderClient): string {
  const { origin } = new URL(baseUrl);
  return origin === CLOUD ? CLOUD : baseUrl;
}

/** The organisation to which a token is bound: it goes by the name beside the token, or by the base address. */
export function organisationOf({ baseUrl, credential }: ProviderClient): string | null {
  if (credential?.kind === 'token' && credential.username) return credential.username;
  const { origin, pathname } = new URL(baseUrl);
  return origin === CLOUD ? decodeURIComponent(pathname.split('/')[1] ?? '') || null : null;
}

export interface RepositoryParts {
  organisation: string;
  project: string;
  /** Address of the repository in the API, to which more is added. */
  parts: string[];
}

/** Throws `provider_not_found` for a path that cannot be of a repository. */
export function partsOf(path: string): RepositoryParts {
  const [organisation = '', project = '', name = '', ...rest] = path.split('/');
  if (rest.length > 0 || ![organisation, project, name].every((part) => NAME.test(part))) {
    throw new AppError('provider_not_found', 'a repository is named organisation/project/name');
  }
  return { organisation, project, parts: [organisation, project, '_apis', 'git', 'repositories', name] };
}

/** A token of the host goes on from where the page before ended; ours counts where the host does so. */
export function skipOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,7}$/.test(cursor)) throw new AppError('invalid_request', 'the cursor is of no page');
  return Number(cursor);
}
