import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { authenticate } from '@/lib/auth/session';
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
  c.res.headers.set('x-content-type-options', 'nosniff');
  c.res.headers.set('x-frame-options', 'DENY');
  c.res.headers.set('referrer-policy', 'no-referrer');
  c.res.headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
};

/** Builds `ctx`: who asks. Nobody is a valid answer; `requireSignIn` and services refuse. */
export const identify: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const authorization = c.req.header('authorization') ?? null;
  const cookie = c.req.header('cookie') ?? null;
  const ctx = await authenticate({ authorization, cookie }, c.get('requestId'), logger());
  c.set('ctx', ctx);
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
