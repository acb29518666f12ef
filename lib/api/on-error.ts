import { STATUS_CODES } from 'node:http';
import type { Context, ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { matchedRoutes } from 'hono/route';
import { AppError, ERROR_STATUS, type ErrorCode, isAppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { refusals } from '@/lib/services/metrics';
import { recordRefusal } from '@/lib/services/refusals';
import type { ApiEnv } from './api';
import { createOverloadLog } from './overload-log';

/** Refusals that say something about the asker, and not about what was asked for. */
const RECORDED: ReadonlySet<ErrorCode> = new Set(['forbidden', 'rate_limited']);

/** Refusals of which many at once mean something is going on. */
const COUNTED: ReadonlySet<number> = new Set([401, 403, 429]);

const HIDDEN: Partial<Record<ErrorCode, string>> & { internal: string } = {
  internal: 'The server could not answer. Its log names the cause under this request id.',
  unavailable: 'The server cannot do this now. Try again in a moment.',
  overloaded: 'The server has too much to do at once. Wait a moment, then try again.',
};

const noteOverload = createOverloadLog();

/** The one place where an error becomes an answer: problem+json without internals. */
export const onError: ErrorHandler<ApiEnv> = async (thrown, c) => {
  const error = toAppError(thrown);
  const status = ERROR_STATUS[error.code];
  const requestId = c.get('requestId') ?? 'unknown';
  const ctx = c.get('ctx');
  const log = ctx?.log ?? logger().child({ requestId });
  const request = { method: c.req.method, path: loggedPath(c) };
  if (error.code === 'overloaded') noteOverload(log, error, request);
  else if (status >= 500) log.error({ err: thrown, ...request }, 'request failed');
  if (COUNTED.has(status)) refusals.inc({ code: error.code });
  if (ctx && RECORDED.has(error.code)) {
    await recordRefusal(ctx, { error, route: routeOf(c) });
  }

  const isHidden = status >= 500;
  const problem = {
    type: `/docs/api#${error.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code: error.code,
    detail: isHidden ? (HIDDEN[error.code] ?? HIDDEN.internal) : error.message,
    requestId,
    ...(isHidden ? {} : error.details),
  };
  const retryAfter = error.details?.retryAfterSeconds;
  return c.body(JSON.stringify(problem), status as 400, {
    'content-type': 'application/problem+json',
    ...(typeof retryAfter === 'number' && { 'retry-after': String(retryAfter) }),
    // The rest of the body would be read, and taken for the next request by who does not know better.
    ...(status === 413 && { connection: 'close' }),
  });
};

export const onNotFound: NotFoundHandler<ApiEnv> = (c) => onError(new AppError('not_found', 'no such route'), c);

/** Links are worth what they open, also in a log. */
function loggedPath(c: Context<ApiEnv>): string {
  const path = routePathOf(c);
  return path.includes('{token}') ? path : c.req.path;
}

function routeOf(c: Context<ApiEnv>): string {
  return `${c.req.method} ${routePathOf(c)}`;
}

/** As the document writes it: what a request would have reached, whichever step before it refused. */
function routePathOf(c: Context<ApiEnv>): string {
  const path = matchedRoutes(c).findLast((route) => !route.path.endsWith('*'))?.path ?? '*';
  return path.replaceAll(/:(\w+)/g, '{$1}');
}

function toAppError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  if (thrown instanceof HTTPException) {
    if (thrown.status === 413) return new AppError('payload_too_large', 'the body is larger than allowed');
    if (thrown.status < 500) return new AppError('invalid_request', 'the request is malformed');
  }
  return new AppError('internal', 'unexpected', { cause: thrown });
}
