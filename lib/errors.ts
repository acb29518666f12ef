/** Every code an error can carry and the HTTP status the API answers with. The text people read is kept in `lib/i18n`. */
export const ERROR_STATUS = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  payload_too_large: 413,
  unprocessable: 422,
  repository_host_unknown: 422,
  repository_address_refused: 422,
  repository_unreachable: 422,
  repository_tls: 422,
  repository_tls_expired: 422,
  repository_tls_untrusted: 422,
  repository_tls_wrong_name: 422,
  repository_host_key_unknown: 422,
  repository_host_key_changed: 422,
  repository_auth_required: 422,
  repository_not_found: 422,
  repository_empty: 422,
  repository_no_such_branch: 422,
  repository_no_such_commit: 422,
  repository_too_large: 422,
  repository_timeout: 422,
  repository_protocol_refused: 422,
  repository_corrupt: 422,
  repository_unreadable: 422,
  repository_unsupported: 422,
  repository_redirected: 422,
  outgoing_host_unknown: 422,
  outgoing_address_refused: 422,
  outgoing_protocol_refused: 422,
  outgoing_redirected: 422,
  outgoing_timeout: 422,
  outgoing_tls: 422,
  outgoing_tls_expired: 422,
  outgoing_tls_untrusted: 422,
  outgoing_tls_wrong_name: 422,
  outgoing_too_large: 422,
  outgoing_unreachable: 422,
  provider_unauthorized: 422,
  provider_token_expired: 422,
  provider_scope_missing: 422,
  provider_not_found: 422,
  provider_refused: 422,
  provider_suspended: 422,
  provider_rate_limited: 503,
  provider_unavailable: 503,
  rate_limited: 429,
  cancelled: 499,
  internal: 500,
  invalid_settings: 500,
  disk_full: 503,
  git_missing: 503,
  ssh_missing: 503,
  overloaded: 503,
  pack_damaged: 503,
  pack_missing: 503,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

export interface ErrorOptions {
  cause?: unknown;
  /** Plain JSON for the reader of the answer: never a secret, never a payload. */
  details?: Readonly<Record<string, unknown>>;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

// Web and worker bundles each hold a copy of this class, so the shape decides, not `instanceof` alone.
export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError || (error instanceof Error && error.name === 'AppError' && 'code' in error);
}

const TRANSIENT: ReadonlySet<ErrorCode> = new Set([
  'disk_full',
  'internal',
  'outgoing_host_unknown',
  'outgoing_timeout',
  'outgoing_unreachable',
  'overloaded',
  'pack_damaged',
  'pack_missing',
  'provider_rate_limited',
  'provider_unavailable',
  'rate_limited',
  'repository_host_unknown',
  'repository_timeout',
  'repository_unreachable',
  'unavailable',
]);

/** Whether what an error code says may pass by itself. */
export function mayPass(code: string): boolean {
  return TRANSIENT.has(code as ErrorCode);
}

/** Whether trying the same again can end differently. What we did not foresee may. */
export function isRetryable(error: unknown): boolean {
  return isAppError(error) ? TRANSIENT.has(error.code) : true;
}
