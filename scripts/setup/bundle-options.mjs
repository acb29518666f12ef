/** What all programs of dist/ have in common. */
export const PROGRAM_OPTIONS = {
  bundle: true,
  // What a program reads only when it is asked for is a file of its own, with the packages it needs.
  splitting: true,
  chunkNames: 'chunk-[hash]',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
};

/**
 * Of programs that start for one command or one batch of files: the packages they use are in the bundle, for Node takes
 * longer to find and read those file by file than to run them. Not those that find files of their own beside them, nor
 * what one command alone reads and is larger than all the rest.
 */
export const SELF_CONTAINED = {
  external: ['@kubernetes/client-node', 'tree-sitter-*', 'web-tree-sitter'],
  minifySyntax: true,
  minifyWhitespace: true,
  // Packages written for `require` find what Node itself brings by it.
  banner: { js: "import{createRequire as makeRequire}from'node:module';const require=makeRequire(import.meta.url);" },
};
