import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const alias = { '@/': fileURLToPath(new URL('./', import.meta.url)) };
const exclude = ['**/node_modules/**', 'dist/**', '.next/**', '.elder/**'];
const setupFiles = ['tests/support/fail-on-console.ts'];
const env = { LOG_LEVEL: 'fatal', TZ: 'UTC' };

export default defineConfig({
  test: {
    // What was read once need not be translated again: a third of a run.
    experimental: { fsModuleCache: true, fsModuleCachePath: 'dist/vitest-modules' },
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          env,
          setupFiles,
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.int.test.ts', '**/*.slow.test.ts'],
          // What must be fast bounds its own CPU time; this one only ends what hangs, on a busy machine too.
          testTimeout: 30_000,
          maxWorkers: 2,
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'slow',
          env,
          setupFiles,
          include: ['**/*.slow.test.ts'],
          exclude,
          testTimeout: 60_000,
          maxWorkers: 2,
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'int',
          env,
          setupFiles,
          include: ['**/*.int.test.ts'],
          exclude,
          globalSetup: 'tests/support/int-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
