import { createRequire } from 'node:module';
import { join } from 'node:path';

/** ESLint with what eslint-plugin-sonarjs recommends, syntax only: nothing of the audited project's own setup is loaded. */
const loadTool = createRequire(join(process.env.COMPARE_TOOLS_DIR ?? '.', 'package.json'));
const sonarjs = loadTool('eslint-plugin-sonarjs');
const { parser } = loadTool('typescript-eslint');

export default [
  {
    ...sonarjs.configs.recommended,
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
  },
];
