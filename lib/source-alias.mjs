const root = new URL('../', import.meta.url);

/**
 * Hook of Node's modules: `@/` is the root of the project. The loader of TypeScript reads that from tsconfig.json, but not for
 * sources below a node_modules, where an installed package has them.
 *
 * @type {import('node:module').ResolveHook}
 */
export const resolve = (specifier, context, next) =>
  next(specifier.startsWith('@/') ? new URL(specifier.slice(2), root).href : specifier, context);
