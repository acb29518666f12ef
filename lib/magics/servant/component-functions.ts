import type { ComponentFact, FileFact, FunctionFact } from '../facts/code';
import { isJudged } from '../functions';

/** Components with fewer functions say nothing about how they are built. */
export const MIN_COMPONENT_FUNCTIONS = 20;

export interface ComponentFunctions {
  id: string;
  name: string;
  functions: FunctionFact[];
}

export function componentFinder(files: readonly FileFact[]): (path: string) => string {
  const known = new Map(files.map((file) => [file.path, file.component]));
  return (path) => known.get(path) ?? '.';
}

/** Functions of the product by component, those of large enough components only; lambdas belong to what holds them. */
export function functionsByComponent(
  components: readonly ComponentFact[],
  files: readonly FileFact[],
  functions: readonly FunctionFact[],
): ComponentFunctions[] {
  const componentOf = componentFinder(files);
  const groups = new Map<string, FunctionFact[]>();
  for (const fn of functions) {
    if (!isJudged(fn) || fn.kind === 'lambda') continue;
    const id = componentOf(fn.path);
    const known = groups.get(id);
    if (known) known.push(fn);
    else groups.set(id, [fn]);
  }
  return components.flatMap(({ id, name }) => {
    const own = groups.get(id) ?? [];
    return own.length < MIN_COMPONENT_FUNCTIONS ? [] : [{ id, name, functions: own }];
  });
}
