import { ancestorWithRole, type CodeTree, lineOf, startOf } from '../code-tree';

const SECRET_NAME =
  /(?:pass(?:word|wd|phrase|code)|secret|credential|api_?key|private_?key|access_?token|auth_?token|session_?(?:id|key|token)|csrf|xsrf|nonce|salt\b|_salt|otp\b|one_?time|hmac|signature|\btoken\b|[a-z_](?:Token|_token)\b|reset_?token)/i;
const BEFORE = 120;

/** The name that takes a value, the function around it or its arguments speak of a secret. */
export function isAboutSecret(tree: CodeTree, call: number, given: string): boolean {
  if (SECRET_NAME.test(given.slice(0, 300))) return true;
  const start = startOf(tree, call);
  const lineStart = tree.lineStarts[lineOf(tree, call) - 1] ?? 0;
  const before = tree.text.slice(Math.max(lineStart, start - BEFORE), start);
  const taker = /([\w$.[\]'"-]{1,80})\s{0,5}(?::[\w<>?\s]{0,30})?(?::?=|=>|:)[^=]{0,100}$/.exec(before)?.[1];
  if (taker !== undefined && SECRET_NAME.test(taker)) return true;
  const outer = ancestorWithRole(tree, call, 'function');
  const name = outer === null ? null : tree.grammar.table.functionName(tree, outer);
  return name !== null && SECRET_NAME.test(name);
}
