import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PRODUCT } from './product';
import { removeProductData } from './product-data';

// Runs the built product for the end-to-end tests and leaves nothing of it behind.
const product = spawn(process.execPath, ['scripts/start.mjs'], { stdio: 'inherit' });
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => product.kill(signal));

const [code] = await once(product, 'exit');
removeProductData(PRODUCT.dataDirectory);
process.exitCode = typeof code === 'number' ? code : 1;
