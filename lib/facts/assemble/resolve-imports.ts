import type { LanguageId } from '@/lib/magics/facts/code';
import { includeResolver, rubyResolver, scriptResolver } from './imports/by-path';
import { declaredResolver, goResolver } from './imports/declared';
import { ecmaResolver } from './imports/ecma';
import { pythonResolver } from './imports/python';
import { rustResolver } from './imports/rust';
import type { ResolveInput, Resolver } from './imports/tree-index';

/** Built on first use: most repositories hold few languages. */
const BUILDERS: Partial<
  Record<LanguageId, { family: string; build: (input: ResolveInput, has: (path: string) => boolean) => Resolver }>
> = {
  ...family('ecma', ['typescript', 'tsx', 'javascript'], ecmaResolver),
  ...family('python', ['python'], pythonResolver),
  ...family('go', ['go'], goResolver),
  ...family('jvm', ['java', 'kotlin'], (input) => declaredResolver(input, ['java', 'kotlin'], '.')),
  ...family('php', ['php'], (input) => declaredResolver(input, ['php'], '\\')),
  ...family('rust', ['rust'], rustResolver),
  ...family('c', ['c', 'cpp'], includeResolver),
  ...family('ruby', ['ruby'], rubyResolver),
  ...family('bash', ['bash'], (_input, has) => scriptResolver(has)),
};

function family(
  name: string,
  languages: readonly LanguageId[],
  build: (input: ResolveInput, has: (path: string) => boolean) => Resolver,
): typeof BUILDERS {
  return Object.fromEntries(languages.map((language) => [language, { family: name, build }]));
}

/** C# is left out: a namespace does not say which file it means. */
export function resolveImports(input: ResolveInput): Resolver {
  const languages = new Map(input.files.map(({ path, language }) => [path, language]));
  const has = (path: string) => languages.has(path);
  const resolvers = new Map<string, Resolver>();
  return (from, specifier) => {
    const language = languages.get(from);
    const builder = language ? BUILDERS[language] : undefined;
    if (!builder || specifier === '' || specifier.length > 1_000) return null;
    const known = resolvers.get(builder.family) ?? builder.build(input, has);
    resolvers.set(builder.family, known);
    const target = known(from, specifier);
    return target === from ? null : target;
  };
}
