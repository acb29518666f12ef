import { AppError, type ErrorCode } from '@/lib/errors';

/** The order matters: the first pattern found names the code. Git runs under LC_ALL=C, so its words are fixed. */
const PATTERNS: readonly [RegExp, ErrorCode][] = [
  [/no space left on device|disk quota exceeded/i, 'disk_full'],
  [/cannot run ssh\b|ssh: (?:command )?not found/i, 'ssh_missing'],
  [
    /too many open files|cannot allocate memory|out of memory|cannot fork|unable to (?:fork|create thread)/i,
    'overloaded',
  ],
  [/read-only file system/i, 'unavailable'],
  [/^usage: git|unknown (?:option|switch)/im, 'internal'],
  [/could not resolve host|name or service not known|temporary failure in name resolution/i, 'repository_host_unknown'],
  [/unable to find [0-9a-f]{40}|cannot obtain needed/i, 'repository_corrupt'],
  [/unable to update url base from redirection|redirect|returned error: 30\d/i, 'repository_redirected'],
  [/certificate (?:is|has) expired|certificate expiration date has passed/i, 'repository_tls_expired'],
  [
    /does not match target host|no alternative certificate subject name|hostname mismatch/i,
    'repository_tls_wrong_name',
  ],
  [
    /self[- ]signed certificate|unable to get (?:local )?issuer|verify the first certificate|signer not (?:trusted|found)/i,
    'repository_tls_untrusted',
  ],
  [/\bssl\b|certificate|gnutls|\btls\b|openssl/i, 'repository_tls'],
  [/remote host identification has changed/i, 'repository_host_key_changed'],
  [/no \S+ host key is known|host key verification failed/i, 'repository_host_key_unknown'],
  [/transport '.*' not allowed|protocol .* (?:not supported|not allowed|disabled)/i, 'repository_protocol_refused'],
  [/unsupported protocol|unable to find remote helper/i, 'repository_protocol_refused'],
  [/: permission denied$/im, 'repository_unreadable'],
  [/authentication failed|could not read (?:username|password)|permission denied/i, 'repository_auth_required'],
  [/returned error: 40[13]|terminal prompts disabled/i, 'repository_auth_required'],
  [/returned error: (?:429|5\d\d)/i, 'repository_unreachable'],
  [/repository .*not found|not a git repository|not appear to be a git|returned error: 404/i, 'repository_not_found'],
  [/valid: is this a git repository/i, 'repository_not_found'],
  [/operation too slow|timed out|time-?out/i, 'repository_timeout'],
  [/failed to connect|couldn't connect|connection (?:refused|reset)/i, 'repository_unreachable'],
  [/no route to host|network is unreachable|empty reply from server/i, 'repository_unreachable'],
  [/unexpected disconnect|transfer closed|rpc failed; curl (?:18|56|92)/i, 'repository_unreachable'],
  [
    /unknown repository (?:extension|storage)|unknown (?:object|hash)|expected git repo version/i,
    'repository_unsupported',
  ],
  [/couldn't find remote ref/i, 'repository_no_such_branch'],
  [/does not have any commits yet/i, 'repository_empty'],
  [/corrupt|bad (?:object|ref|pack|tree|config)|missing (?:blob|tree|commit|object)/i, 'repository_corrupt'],
  [
    /unable to (?:read|parse|unpack|get)|failed to (?:read|traverse|unpack)|could not (?:parse|get object)/i,
    'repository_corrupt',
  ],
  [/mismatch|inflate|data stream error|not a (?:tree|commit|blob|valid) object|non-\w+ object/i, 'repository_corrupt'],
  [/is (?:empty|truncated|too small|garbage)|garbage at end|early eof|maximum include depth/i, 'repository_corrupt'],
  [/broken ref|unterminated line|unexpected line in|packfile|index-pack|fsck|delta base/i, 'repository_corrupt'],
  [/did not send all necessary objects|could not read [0-9a-f]{40}|invalid (?:object|sha1)/i, 'repository_corrupt'],
  [/unknown revision|bad revision|single revision|ambiguous argument/i, 'repository_no_such_branch'],
  [/could not read from remote repository/i, 'repository_not_found'],
];

/** Why Git failed; what nobody foresaw is the repository's fault, as Git itself is known to work. */
export function codeFromStderr(stderr: string): ErrorCode {
  const words = ownLines(stderr).replace(/'[^'\n]*:\/\/[^'\n]*'/g, 'URL');
  return PATTERNS.find(([pattern]) => pattern.test(words))?.[1] ?? 'repository_unreadable';
}

/** Takes credentials, tokens and query strings out of text that Git printed. */
export function redact(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s']*@/gi, '$1')
    .replace(/(https?:\/\/[^\s?']*)\?[^\s']*/gi, '$1')
    .replace(/(authorization|proxy-authorization|private-token)\s*:\s*[^\r\n]*/gi, '$1: [redacted]')
    .replace(/\b(?:gh[pousr]_|github_pat_|glpat-|elder_)[A-Za-z0-9_-]+/g, '[redacted]');
}

const MAX_REASON = 160;

/** The line that says most, fit to be shown: no path of this machine, no credentials, nothing a remote host wrote. */
export function shortReason(stderr: string, places: readonly string[] = []): string {
  const lines = redact(ownLines(stderr)).split(/[\r\n]+/);
  const line = lines.find((one) => one.startsWith('fatal: ')) ?? lines.find((one) => one.startsWith('error: ')) ?? '';
  let reason = line.replace(/^(?:fatal|error): /, '');
  for (const place of places) if (place.length > 1) reason = reason.replaceAll(place, '…');
  return [...withoutPaths(reason).replace(/\p{C}/gu, ' ')].slice(0, MAX_REASON).join('').trim();
}

function withoutPaths(text: string): string {
  return text.replace(/(["'`])\/[^"'`]*\1/g, '$1…$1').replace(/(^|[\s(=:"'`…])\/(?!\/)[^\s"'`),;]*/g, '$1…');
}

/** Without what a remote host wrote: it must not choose what people read, or what we take for the cause. */
function ownLines(stderr: string): string {
  return stderr
    .replace(/^remote:.*$/gim, '')
    .replace(/(certificate subject name) \(.*\) (does not match)/gi, '$1 $2')
    .replace(/(remote error|protocol error|invalid server response)\b.*$/gim, '$1')
    .replace(/\b(unexpected|invalid|unknown)( [\w-]+)*[:;] .*$/gim, '$1$2');
}

const STOPS: ReadonlySet<ErrorCode> = new Set([
  'cancelled',
  'disk_full',
  'git_missing',
  'ssh_missing',
  'overloaded',
  'repository_timeout',
  'unavailable',
]);

/** A stop that says nothing about the repository: trying on would hide it. */
export function isStop(error: unknown): boolean {
  return error instanceof AppError && STOPS.has(error.code);
}
