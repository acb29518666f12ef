import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PRODUCT } from './product';

// Runs the built product for the end-to-end tests and leaves nothing of it behind, wherever its database was.
const product = spawn(process.execPath, ['scripts/start.mjs'], { stdio: 'inherit' });
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => product.kill(signal));

const [code] = await once(product, 'exit');
const record = path.join(PRODUCT.dataDirectory, 'database.json');
if (existsSync(record)) {
  const { home } = JSON.parse(readFileSync(record, 'utf8')) as { home: string };
  rmSync(home, { recursive: true, force: true });
}
rmSync(PRODUCT.dataDirectory, { recursive: true, force: true });
process.exitCode = typeof code === 'number' ? code : 1;
