/** What the API answers when it does not do what was asked (RFC 9457). */
export class ElderProblem extends Error {
  readonly status: number;
  /** What programs tell problems apart by; `unknown` where something else than the API answered. */
  readonly code: string;
  /** Of the log of the server. */
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
  /** The scope that the token lacks, where that is what is wrong. */
  readonly scope: string | null;

  constructor(status: number, { code, detail, requestId, scope }: ProblemBody, retryAfterMs: number | null = null) {
    super(detail ?? `HTTP ${status}`);
    this.name = 'ElderProblem';
    this.status = status;
    this.code = code ?? 'unknown';
    this.requestId = requestId ?? null;
    this.retryAfterMs = retryAfterMs;
    this.scope = scope ?? null;
  }
}

interface ProblemBody {
  code?: string;
  detail?: string;
  requestId?: string;
  scope?: string;
}

const MAX_BODY = 64_000;

export async function problemOf(answer: Response): Promise<ElderProblem> {
  const text = (await answer.text().catch(() => '')).slice(0, MAX_BODY);
  return new ElderProblem(answer.status, bodyOf(text), retryAfterOf(answer.headers));
}

function bodyOf(text: string): ProblemBody {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null) return {};
    const names = ['code', 'detail', 'requestId', 'scope'] as const;
    const values = body as Record<string, unknown>;
    return Object.fromEntries(
      names.flatMap((name) => (typeof values[name] === 'string' ? [[name, values[name]]] : [])),
    );
  } catch {
    return {};
  }
}

/** `Retry-After` is seconds or a date. */
export function retryAfterOf(headers: Headers, now = Date.now()): number | null {
  const text = headers.get('retry-after');
  if (text === null) return null;
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : null;
}
