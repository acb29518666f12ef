import type { Response } from 'undici';
import { cleanText } from '@/lib/clean-text';
import { AppError, type ErrorCode } from '@/lib/errors';

const MAX_BODY = 16_384;
const MAX_MESSAGE = 300;

/** What a host's refusal means. @param resetAt until when it wants no further request, where it said so */
export async function providerProblem(response: Response, url: URL, resetAt: Date | null): Promise<AppError> {
  const { status } = response;
  const body = (await response.text().catch(() => '')).slice(0, MAX_BODY);
  const message = messageOf(body);
  const details = { host: url.host, status, ...(message && { message }) };
  const problem = (code: ErrorCode, more: Record<string, unknown> = {}) =>
    new AppError(code, `${url.host} answers ${status}`, { details: { ...details, ...more } });

  if (isLimited(response, body, resetAt)) {
    const retryAt = (resetAt ?? new Date(Date.now() + 60_000)).toISOString();
    return problem('provider_rate_limited', { retryAt });
  }
  if (/installation has been suspended|installation.{0,20}suspended/i.test(body)) return problem('provider_suspended');
  if (status === 401) return problem(saysExpired(response, body) ? 'provider_token_expired' : 'provider_unauthorized');
  if (status === 403) {
    const needed = neededScopes(response, body);
    return needed.length > 0 ? problem('provider_scope_missing', { needed }) : problem('provider_refused');
  }
  if (status === 404 || status === 410) return problem('provider_not_found');
  return problem(status >= 500 ? 'provider_unavailable' : 'provider_refused');
}

/** Whether a host that refuses a credential says that its time is over. */
export function saysExpired({ headers }: Pick<Response, 'headers'>, body = ''): boolean {
  // GitHub: "2027-01-02 03:04:05 UTC"
  const end = Date.parse(headers.get('github-authentication-token-expiration') ?? '');
  if (end < Date.now()) return true;
  // Azure DevOps, in the body or percent-encoded in a header
  const words = `${headers.get('x-tfs-serviceerror') ?? ''} ${body}`.replaceAll('%20', ' ');
  if (/personal access token used has expired/i.test(words)) return true;
  // GitLab: {"error":"invalid_token","error_description":"Token is expired. …"}
  return /^token is expired\b/i.test(messageOf(body) ?? '');
}

function isLimited({ status }: Response, body: string, resetAt: Date | null): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return resetAt !== null || /rate limit|abuse detection/i.test(body);
}

/** Scopes or permissions that would do, as the host names them. */
function neededScopes({ headers }: Response, body: string): string[] {
  const fromHeaders =
    headers.get('x-accepted-github-permissions') ?? missingOauthScopes(headers.get('x-accepted-oauth-scopes'), headers);
  if (fromHeaders) return listOf(fromHeaders);
  const json = readJson(body);
  // GitLab: {"error":"insufficient_scope","scope":"api read_api"}
  if (json?.error === 'insufficient_scope' && typeof json.scope === 'string') return listOf(json.scope);
  // Bitbucket: {"error":{"detail":{"required":["webhook"]}}}
  const detail = (json?.error as { detail?: { required?: unknown } } | undefined)?.detail;
  if (Array.isArray(detail?.required)) return detail.required.filter((one) => typeof one === 'string');
  // Gitea: "token does not have at least one of required scope(s): [write:repository]"
  const gitea = /required scope\(?s?\)?,?[^[]*\[(?<scopes>[\w:, -]{1,200})\]/.exec(body)?.groups?.scopes;
  return gitea ? listOf(gitea) : [];
}

/** A token that has one of the scopes is refused for another reason. */
function missingOauthScopes(accepted: string | null, headers: Response['headers']): string | null {
  if (!accepted) return null;
  const has = listOf(headers.get('x-oauth-scopes') ?? '');
  return listOf(accepted).some((scope) => has.includes(scope)) ? null : accepted;
}

function listOf(text: string): string[] {
  return text
    .split(/[,;\s]+/)
    .filter((scope) => scope !== '')
    .slice(0, 20);
}

function messageOf(body: string): string | null {
  const json = readJson(body);
  const error = json?.error as { message?: unknown } | undefined;
  const found = [json?.message, error?.message, json?.error_description, json?.error].find(
    (value): value is string => typeof value === 'string',
  );
  return found ? cleanText(found).slice(0, MAX_MESSAGE) : null;
}

function readJson(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
