import { type CodeTree, textOf } from '../../code/code-tree';

const TEXT_NAME =
  /(?:text|str|string|name|value|line|input|title|key|path|url|word|label|token|prefix|suffix|msg|message)s?$/i;

/** What a method is called on, by its last name: `order.customer.name.trim` gives `name`. */
function receiverOf(callee: string): string {
  return /([\p{L}_$][\p{L}\p{N}_$]*)\??\.[\p{L}_]+[?!]?$/u.exec(callee)?.[1] ?? '';
}

/** A name that speaks of text; `trim` and `strip` of other things may change them. */
export function isTextName(callee: string): boolean {
  return TEXT_NAME.test(receiverOf(callee));
}

/** Each name takes a look through the file. */
const MAX_NAMES = 500;
const answers = new WeakMap<CodeTree, Map<string, boolean>>();

/** The file declares a variable of the type under the receiver's name. */
export function isDeclaredAs(tree: CodeTree, callee: string, types: RegExp): boolean {
  const name = receiverOf(callee);
  if (name === '' || callee !== `${name}.${callee.split('.').at(-1) ?? ''}`) return false;
  const known = answers.get(tree) ?? new Map<string, boolean>();
  answers.set(tree, known);
  const key = `${name} ${types.source}`;
  if (known.size > MAX_NAMES) return false;
  const answer = known.get(key) ?? hasDeclaration(textOf(tree, 0, 200_000), name, types);
  known.set(key, answer);
  return answer;
}

function hasDeclaration(text: string, name: string, types: RegExp): boolean {
  for (let at = text.indexOf(` ${name}`); at >= 0; at = text.indexOf(` ${name}`, at + 1)) {
    const after = text[at + name.length + 1] ?? ' ';
    if (/[\p{L}\p{N}_$]/u.test(after)) continue;
    if (types.test(text.slice(Math.max(0, at - 24), at))) return true;
  }
  return false;
}
