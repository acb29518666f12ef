import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onParentGone } from '@/scripts/supervisor/parent';
import { PRODUCT } from './product';
import { removeProductData } from './product-data';
import { keepMailOfProduct } from './product-mail';

// Runs the built product and its mail server for the end-to-end tests and leaves nothing of them behind.
const mail = await keepMailOfProduct();
const product = spawn(process.execPath, ['scripts/start.mjs'], { stdio: 'inherit' });
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => product.kill(signal));
// A test run that is killed asks nobody to stop.
onParentGone(() => product.kill('SIGTERM'));

const [code] = await once(product, 'exit');
await mail[Symbol.asyncDispose]();
removeProductData(PRODUCT.dataDirectory);
process.exitCode = typeof code === 'number' ? code : 1;
