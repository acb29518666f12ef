import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { keepApiPace } from '@/lib/auth/api-pace';
import { UNKNOWN_ADDRESS } from '@/lib/auth/client-address';
import { contextOf } from '@/lib/auth/identity';
import { NO_CONTENT_POLICY, securityHeaders } from '@/lib/auth/security-headers';
import { identify } from '@/lib/auth/session';
import { asNobody, narrowTo } from '@/lib/auth/tenants';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import type { ApiEnv } from './api';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const REQUEST_ID = /^[\w.-]{8,80}$/;

/** Gives each request its id and the headers every answer carries. */
export const requestHeaders: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const given = c.req.header('x-request-id');
  const requestId = given && REQUEST_ID.test(given) ? given : randomUUID();
  c.set('requestId', requestId);
  await next();
  c.res.headers.set('x-request-id', requestId);
  for (const [name, value] of Object.entries(securityHeaders())) {
    // What anybody may show on their own page says so itself.
    if (name === 'cross-origin-resource-policy' && c.res.headers.has(name)) continue;
    c.res.headers.set(name, value);
  }
  c.res.headers.set('content-security-policy', NO_CONTENT_POLICY);
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
};

/** Nothing of any team is there before it is known who asks. */
export const separateTenants: MiddlewareHandler<ApiEnv> = (_, next) => asNobody(next);

/** Builds `ctx`: who asks. Nobody is a valid answer; `requireSignIn` and services refuse. */
export const identifyAsker: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const authorization = c.req.header('authorization') ?? null;
  const cookie = c.req.header('cookie') ?? null;
  const address = c.env?.clientAddress ?? UNKNOWN_ADDRESS;
  const identity = await identify({ authorization, cookie }, address);
  const ctx = contextOf(identity, { requestId: c.get('requestId'), address, log: logger() });
  narrowTo(ctx.teamIds);
  c.set('ctx', ctx);
  if (identity) keepApiPace(identity);
  if (!authorization && ctx.userId && !SAFE_METHODS.has(c.req.method) && !isSameOrigin(c.req.raw.headers)) {
    throw new AppError('forbidden', 'a browser session may change state from its own origin only');
  }
  await next();
};

export const requireSignIn: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if (!c.get('ctx').userId) throw new AppError('unauthenticated', 'sign in, or send an API token as Bearer');
  await next();
};

function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site) return site === 'same-origin';
  const origin = headers.get('origin');
  return origin !== null && URL.canParse(origin) && new URL(origin).host === headers.get('host');
}
