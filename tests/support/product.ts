import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the product under test is started with. Playwright's workers inherit it from the process that starts it. */
export const PRODUCT = {
  // Below 32768: the system gives higher ones to connections that go out.
  port: Number(fromRun('ELDER_TEST_PORT', () => String(20_000 + Math.floor(Math.random() * 12_000)))),
  /** Of the mail server that it hands mail in at. */
  mailPort: Number(fromRun('ELDER_TEST_MAIL_PORT', () => String(10_000 + Math.floor(Math.random() * 9000)))),
  /** Where tests take webhooks; the one address inside that the product may post to. */
  hookPort: Number(fromRun('ELDER_TEST_HOOK_PORT', () => String(19_000 + Math.floor(Math.random() * 1000)))),
  dataDirectory: fromRun('ELDER_TEST_DATA_DIR', () => path.join(tmpdir(), `elder-e2e-${randomUUID()}`)),
  owner: { email: 'owner@example.com', password: 'correct horse battery staple' },
  apiToken: 'elder_e2e_initial_token_0123456789',
} as const;

export const PRODUCT_URL = `http://127.0.0.1:${PRODUCT.port}`;

/** What the product mailed, a file a message. */
export const MAIL_DIRECTORY = `${PRODUCT.dataDirectory}-mail`;

/** Where the product looks for clusters; a test puts its own there. */
export const KUBECONFIG = `${PRODUCT.dataDirectory}-kubeconfig`;

function fromRun(name: string, make: () => string): string {
  process.env[name] ??= make();
  return process.env[name];
}
