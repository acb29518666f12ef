import { ancestorWithRole, type CodeTree, lineOf, startOf } from '../code-tree';

const SECRET_NAME =
  /(?:pass(?:word|wd|phrase|code)|secret|credential|api_?key|private_?key|access_?token|auth_?token|session_?(?:id|key|token)|csrf|xsrf|csp_?nonce|salt\b|_salt|otp\b|one_?time|hmac|signature|\btoken\b|[a-z_](?:Token|_token)\b|reset_?token)/i;
/** Names what is no secret though one goes into it, and protocols that fix their hash. */
const OTHER_PURPOSE =
  /(?<![a-z])lock(?=_|Name|Key|$)|Lock(?=Name|Key|$)|cache_?(?:key|name|id|path|file)|etag|checksum|(?<!csp_?)nonce|(?:fetch|render|load|cancel)_?token|ntlm|lm_?hash/i;
const BEFORE = 120;

const WEB_SOCKET = /258EAFA5-|\bWS_KEY\b|Sec-WebSocket/i;
const AROUND = 200;

/** The value names a lock, a cache entry or a version, or a protocol has fixed its hash. */
export function hasOtherPurpose(tree: CodeTree, call: number): boolean {
  return OTHER_PURPOSE.test(functionName(tree, call)) || OTHER_PURPOSE.test(takerOf(tree, call) ?? '');
}

export function isWebSocketKey(tree: CodeTree, call: number): boolean {
  const start = startOf(tree, call);
  return WEB_SOCKET.test(tree.text.slice(Math.max(0, start - AROUND), start + AROUND));
}

/** The name that takes a value, the function around it or its arguments speak of a secret. */
export function isAboutSecret(tree: CodeTree, call: number, given: string): boolean {
  return (
    SECRET_NAME.test(given.slice(0, 300)) ||
    SECRET_NAME.test(takerOf(tree, call) ?? '') ||
    SECRET_NAME.test(functionName(tree, call))
  );
}

function functionName(tree: CodeTree, call: number): string {
  const outer = ancestorWithRole(tree, call, 'function');
  return outer === null ? '' : (tree.grammar.table.functionName(tree, outer) ?? '');
}

function takerOf(tree: CodeTree, call: number): string | undefined {
  const start = startOf(tree, call);
  const lineStart = tree.lineStarts[lineOf(tree, call) - 1] ?? 0;
  const before = tree.text.slice(Math.max(lineStart, start - BEFORE), start);
  return /([\w$.[\]'"-]{1,80})\s{0,5}(?::[\w<>?\s]{0,30})?(?::?=|=>|:)[^=]{0,100}$/.exec(before)?.[1];
}
