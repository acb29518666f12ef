import { ElderProblem } from '@/integrations/client/problem';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { plain } from '@/lib/reports/terminal';

type Failure =
  | { kind: 'notLoggedIn' | 'noServer' | 'badToken' | 'noTerminal' | 'noTeam' }
  | { kind: 'noTokenFor' | 'badUrl'; url: string }
  | { kind: 'readable' | 'damaged' | 'largeFile' | 'emptyFile'; file: string }
  | { kind: 'notKept' | 'unreadableFile'; file: string; cause: string }
  | { kind: 'unknownProject' | 'ambiguousProject' | 'noResult'; name: string }
  | { kind: 'noSuchRepository'; address: string }
  | { kind: 'whichProject'; path: string };

/** What stands between a command and a server's answer, told in one sentence. */
export class RemoteFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

export function sentenceOf(error: unknown, url: string, language: Language): string {
  if (error instanceof RemoteFailure) return ownSentence(error.failure, language);
  if (error instanceof ElderProblem) return problemSentence(error, url, language);
  return networkSentence(error, url, language);
}

/** Whether the same may go well a moment later: the server restarts, or the network was away. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ElderProblem) return [429, 502, 503, 504].includes(error.status);
  if (error instanceof RemoteFailure) return false;
  const code = networkCode(error);
  return code === 'timeout' || /^E[A-Z_]+$/.test(code) ? !isTls(code, 'en') : false;
}

function ownSentence(failure: Failure, language: Language): string {
  const t = CLI_TEXTS[language].remote.errors;
  switch (failure.kind) {
    case 'noTokenFor':
    case 'badUrl':
      return t[failure.kind](plain(failure.url));
    case 'readable':
    case 'damaged':
    case 'largeFile':
    case 'emptyFile':
      return t[failure.kind](plain(failure.file));
    case 'notKept':
    case 'unreadableFile':
      return t[failure.kind](plain(failure.file), failure.cause);
    case 'unknownProject':
    case 'ambiguousProject':
    case 'noResult':
      return t[failure.kind](plain(failure.name));
    case 'noSuchRepository':
      return t.noSuchRepository(plain(failure.address));
    case 'whichProject':
      return t.whichProject(plain(failure.path));
    default:
      return t[failure.kind];
  }
}

function problemSentence(problem: ElderProblem, url: string, language: Language): string {
  const t = CLI_TEXTS[language].remote.errors;
  const { status, code, scope, retryAfterMs, requestId, message } = problem;
  if (status >= 300 && status < 400) return t.redirected(url);
  if (status === 429) return t.rateLimited(retryAfterMs === null ? null : Math.ceil(retryAfterMs / 1000));
  if (code === 'unknown') return status < 500 ? t.notElder(url, status) : t.server(status, null);
  if (code === 'unauthenticated') return t.unauthenticated(url);
  if (code === 'forbidden') return scope === null ? t.forbidden : t.scope(plain(scope));
  if (status >= 500) return t.server(status, requestId && plain(requestId));
  if (code === 'gone') return t.gone;
  return t.request(plain(message));
}

function networkSentence(error: unknown, url: string, language: Language): string {
  const t = CLI_TEXTS[language].remote.errors;
  const code = networkCode(error);
  if (isTls(code, language)) return t.tls(url, t.tlsCauses[code] ?? code);
  return t.unreachable(url, t.causes[code] ?? code);
}

function isTls(code: string, language: Language): boolean {
  return code in CLI_TEXTS[language].remote.errors.tlsCauses || /^(?:ERR_TLS|ERR_SSL|CERT_)/.test(code);
}

/** `fetch` tells in its cause what the system calls a failure. */
function networkCode(error: unknown): string {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (each.name === 'TimeoutError') return 'timeout';
    const { code } = each as NodeJS.ErrnoException;
    if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'ETIMEDOUT')
      return 'timeout';
    if (code === 'UND_ERR_SOCKET') return 'ECONNRESET';
    if (typeof code === 'string') return code;
    if (each instanceof AggregateError) return networkCode(each.errors[0]);
  }
  return innermostMessage(error);
}

function innermostMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? plain(error.message) : innermostMessage(error.cause);
}
