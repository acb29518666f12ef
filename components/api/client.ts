export interface Problem {
  status: number;
  code: string;
  requestId: string | null;
  details: Readonly<Record<string, unknown>>;
}

/** An answer of the API that is not a success; `code` names its text in `lib/i18n`. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(problem.code, cause === undefined ? undefined : { cause });
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  file?: Blob;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

/** Calls `/api/v1{path}`. Throws `ProblemError`, also when the server cannot be reached (`offline`). */
export async function callApi<Result>(path: string, options: RequestOptions = {}): Promise<Result> {
  const { method = 'GET', body, file, signal, headers } = options;
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(file && { 'content-type': 'application/octet-stream' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(file && { body: file }),
    ...(signal ? { signal } : {}),
    credentials: 'same-origin',
  }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ProblemError({ status: 0, code: 'offline', requestId: null, details: {} }, cause);
  });
  if (!response.ok) throw new ProblemError(await readProblem(response));
  return (response.status === 204 ? undefined : await response.json()) as Result;
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return { status: 500, code: 'internal', requestId: null, details: {} };
}

/** `?a=1&b=2` of what is set; empty without. */
export function queryString(values: Record<string, string | number | undefined | null>): string {
  const entries = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === null || value === '' ? [] : [[name, String(value)]],
  );
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries)}`;
}

async function readProblem(response: Response): Promise<Problem> {
  const fallback = response.status === 401 ? 'unauthenticated' : response.status >= 500 ? 'unavailable' : 'internal';
  const data: unknown = await response.json().catch(() => null);
  const details = data !== null && typeof data === 'object' ? (data as Record<string, unknown>) : {};
  return {
    status: response.status,
    code: typeof details.code === 'string' ? details.code : fallback,
    requestId: typeof details.requestId === 'string' ? details.requestId : null,
    details,
  };
}
