/** Rules of other tools that ask what a rule of ours asks, where no weakness says so. */
export const KNOWN_RULES: Readonly<Record<string, string>> = {
  'eslint/complexity': 'strict/no-high-cyclomatic-complexity',
  'eslint/eqeqeq': 'strict/no-loose-equality',
  'eslint/max-depth': 'strict/no-deep-nesting',
  'eslint/max-lines-per-function': 'strict/no-long-function',
  'eslint/max-params': 'strict/no-long-parameter-list',
  'eslint/no-constant-condition': 'strict/no-constant-condition',
  'eslint/no-debugger': 'integrity/no-debug-leftover',
  'eslint/no-dupe-keys': 'strict/no-duplicate-key',
  'eslint/no-empty': 'integrity/no-swallowed-error',
  'eslint/no-eval': 'strict/no-dynamic-execution',
  'eslint/no-magic-numbers': 'strict/no-magic-number',
  'eslint/no-self-assign': 'strict/no-self-assignment',
  'eslint/no-self-compare': 'strict/no-identical-operands',
  'eslint/no-unreachable': 'strict/no-unreachable-code',
  'eslint/no-warning-comments': 'integrity/no-unfinished-code',
};
