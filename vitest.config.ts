import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const alias = { '@/': fileURLToPath(new URL('./', import.meta.url)) };
const exclude = ['**/node_modules/**', 'dist/**', '.next/**', '.elder/**'];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: { name: 'unit', include: ['**/*.test.{ts,tsx}'], exclude: [...exclude, '**/*.int.test.ts'] },
      },
      {
        resolve: { alias },
        test: { name: 'int', include: ['**/*.int.test.ts'], exclude, testTimeout: 60_000, hookTimeout: 120_000 },
      },
    ],
  },
});
