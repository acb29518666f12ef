/** Folders that are called alike on every machine. */
const GENERIC = /^(?:repo(?:sitory)?|\.?git|src|source|checkout|clone)(?:\.git)?$/i;

/** Names for a repository, the shortest first: each has one folder of its path more. */
export function nameChoices(name: string, path: string): string[] {
  const parts = [...path.split('/').filter(Boolean).slice(0, -1), name];
  // Of an owner and a name, both are needed to know it.
  while (parts.length > 2 && GENERIC.test(parts.at(-1) ?? '')) parts.pop();
  const choices = parts.map((_, at) => parts.slice(at).join('/')).reverse();
  return GENERIC.test(parts.at(-1) ?? '') && choices.length > 1 ? choices.slice(1) : choices;
}
