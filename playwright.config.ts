import { defineConfig, devices } from '@playwright/test';
import { chromiumLaunchOptions } from './tests/support/chromium';
import { KUBECONFIG, PRODUCT, PRODUCT_URL } from './tests/support/product';

const BUILD_AND_START_TIMEOUT_MS = 10 * 60_000;
const TIMED = '**/timed-*.spec.ts';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    baseURL: PRODUCT_URL,
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
    launchOptions: chromiumLaunchOptions(),
  },
  projects: [
    { name: 'together', testIgnore: TIMED },
    // What is timed waits until nobody else works on the machine.
    { name: 'alone', testMatch: TIMED, dependencies: ['together'] },
  ],
  webServer: {
    command: 'node --import tsx tests/support/run-product.ts',
    url: `${PRODUCT_URL}/api/v1/health/ready`,
    timeout: BUILD_AND_START_TIMEOUT_MS,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 60_000 },
    stdout: 'pipe',
    env: {
      PORT: String(PRODUCT.port),
      ELDER_DATA_DIR: PRODUCT.dataDirectory,
      ELDER_INIT_EMAIL: PRODUCT.owner.email,
      ELDER_INIT_PASSWORD: PRODUCT.owner.password,
      ELDER_INIT_API_TOKEN: PRODUCT.apiToken,
      ALLOW_LOCAL_REPOSITORIES: 'true',
      SMTP_URL: `smtp://127.0.0.1:${PRODUCT.mailPort}`,
      MAIL_FROM: 'Ancient Elder <elder@example.com>',
      ALLOWED_HOSTS: `127.0.0.1:${PRODUCT.hookPort}`,
      ELDER_ADVISORIES: 'tests/support/osv',
      CLUSTER_KUBECONFIG: KUBECONFIG,
    },
  },
});
