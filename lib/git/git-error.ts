import { AppError, type ErrorCode } from '@/lib/errors';

/** The order matters: the first pattern found names the code. Git runs under LC_ALL=C, so its words are fixed. */
const PATTERNS: readonly [RegExp, ErrorCode][] = [
  [/could not resolve host|name or service not known|temporary failure in name resolution/i, 'repository_host_unknown'],
  [/unable to update url base from redirection|redirect|returned error: 30\d/i, 'repository_redirected'],
  [/\bssl\b|certificate|gnutls|\btls\b|openssl/i, 'repository_tls'],
  [/host key verification failed|remote host identification has changed/i, 'repository_tls'],
  [/transport '.*' not allowed|protocol .* (?:not supported|not allowed|disabled)/i, 'repository_protocol_refused'],
  [/unsupported protocol|unable to find remote helper/i, 'repository_protocol_refused'],
  [/authentication failed|could not read (?:username|password)|permission denied/i, 'repository_auth_required'],
  [/returned error: 40[13]|terminal prompts disabled/i, 'repository_auth_required'],
  [/returned error: (?:429|5\d\d)/i, 'repository_unreachable'],
  [/repository .*not found|not a git repository|not appear to be a git|returned error: 404/i, 'repository_not_found'],
  [/valid: is this a git repository/i, 'repository_not_found'],
  [/operation too slow|timed out|time-?out/i, 'repository_timeout'],
  [/failed to connect|couldn't connect|connection (?:refused|reset)/i, 'repository_unreachable'],
  [/no route to host|network is unreachable|empty reply from server/i, 'repository_unreachable'],
  [/couldn't find remote ref|unknown revision|bad revision|single revision/i, 'repository_no_such_branch'],
  [/does not have any commits yet/i, 'repository_empty'],
  [/no space left on device/i, 'unavailable'],
  [/corrupt|bad object|missing (?:blob|tree|commit|object)|unable to read|early eof/i, 'repository_corrupt'],
  [/index-pack|fsck|did not send all necessary objects|could not parse|could not read/i, 'repository_corrupt'],
  [/repository extension|repositoryformatversion|repository version|object.?format|bad tree/i, 'repository_corrupt'],
];

export function codeFromStderr(stderr: string): ErrorCode {
  const words = stderr.replace(/'[^'\n]*:\/\/[^'\n]*'/g, 'URL');
  return PATTERNS.find(([pattern]) => pattern.test(words))?.[1] ?? 'internal';
}

/** Takes credentials, tokens and query strings out of text that Git printed. */
export function redact(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s']*@/gi, '$1')
    .replace(/(https?:\/\/[^\s?']*)\?[^\s']*/gi, '$1')
    .replace(/(authorization|proxy-authorization|private-token)\s*:\s*[^\r\n]*/gi, '$1: [redacted]')
    .replace(/\b(?:gh[pousr]_|github_pat_|glpat-|elder_)[A-Za-z0-9_-]+/g, '[redacted]');
}

/** A stop that says nothing about the repository: trying on would hide it. */
export function isStop(error: unknown): boolean {
  return error instanceof AppError && ['cancelled', 'repository_timeout', 'unavailable'].includes(error.code);
}
