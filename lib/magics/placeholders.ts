import type { FunctionFact } from './facts/code';

/** What tells a stub from a function that does nothing on purpose. */

const DELIBERATE =
  /no[-_]?op|null|dummy|stub|fake|mock|empty|void|nothing|black_?hole|discard|silent|disabled|default|abstract|base|adapter|mixin|protocol|interface|unsupported|immutable|read_?only|unimplemented|marker|skeleton|template/i;

/** The name of the function, of what holds it or of its file says that doing nothing is the point. */
export function isDeliberatelyEmpty({ name, container, path }: FunctionFact): boolean {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return DELIBERATE.test(name) || (container !== null && DELIBERATE.test(container)) || DELIBERATE.test(file);
}

/** Names that another class or file of the repository defines as well: the empty one is a default or a variant. */
export function polymorphicNames(functions: readonly FunctionFact[]): ReadonlySet<string> {
  const holders = new Map<string, string>();
  const shared = new Set<string>();
  for (const { name, container, path } of functions) {
    if (name === '') continue;
    const holder = `${path}\0${container ?? ''}`;
    const first = holders.get(name);
    if (first === undefined) holders.set(name, holder);
    else if (first !== holder) shared.add(name);
  }
  return shared;
}

const LEADING_WORD = /^[_$#]*([a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z]))/;

/** `validate` of `validateCard`, `validate_card`, `ValidateCard` and `_validate`. */
export function leadingVerb(name: string): string {
  return (LEADING_WORD.exec(name)?.[1] ?? '').toLowerCase();
}
