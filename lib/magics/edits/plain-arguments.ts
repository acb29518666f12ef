/** Texts without braces, in which many languages evaluate something. */
const TEXTS = /"(?:[^"\\{\n]|\\.)*"|'(?:[^'\\{\n]|\\.)*'|`[^`{\\]*`/g;
const PLAIN = /^[\w$.,&*:+{}\s"]*$/;
const NAME = /(?<![\w$.])[A-Za-z_$][\w$]*/g;

/** Arguments whose evaluation does nothing: texts, numbers and names; calls and assignments are not. */
export function isPlain(args: string): boolean {
  if (args.length > 500) return false;
  const bare = args.replace(TEXTS, '""');
  return PLAIN.test(bare) && !bare.includes('++');
}

/** Names in such arguments that other lines use too: taking the line away leaves no name without a use. */
export function areUsedElsewhere(args: string, lines: readonly string[], line: number): boolean {
  const names = new Set(args.replace(TEXTS, '""').match(NAME));
  return [...names].every((name) => usesOf(name, lines, line) >= 2);
}

function usesOf(name: string, lines: readonly string[], line: number): number {
  let uses = 0;
  lines.forEach((text, at) => {
    if (at !== line - 1 && hasWord(text, name)) uses += 1;
  });
  return uses;
}

function hasWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/[\w$]/.test(text[at - 1] ?? '') && !/[\w$]/.test(text[at + name.length] ?? '')) return true;
  }
  return false;
}
