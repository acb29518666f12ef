import { type FrameworkId, isOfFramework } from '@/lib/magics/frameworks';
import { magics } from '@/lib/magics/registry';

/** Rules that say something about a control of one of the frameworks. A team's own rules and those of other tools have no tags. */
export function rulesOfFrameworks(frameworks: readonly FrameworkId[]): Set<string> {
  const rules = magics.flatMap((magic) => magic.rules);
  const tagged = rules.filter(({ tags }) => frameworks.some((framework) => isOfFramework(framework, tags)));
  return new Set(tagged.map(({ id }) => id));
}
