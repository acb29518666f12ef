// npm run dev: as npm start, from the sources, with reload.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensure } from './setup/build.mjs';
import { sentenceOf } from './setup/failure.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { checkGit, checkNode } from './setup/prerequisites.mjs';
import { complain, say, step } from './setup/steps.mjs';

const callerDirectory = process.env.INIT_CWD ?? process.cwd();
process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));
process.env.NODE_ENV = 'development';

try {
  checkNode();
  checkGit();
  await ensureInstalled();
  await ensure('client');
  const { register } = await import('tsx/esm/api');
  register();
  const { checkBeforeStart, start } = await import('./supervisor/main.ts');
  await checkBeforeStart();
  await start({ mode: 'development', callerDirectory, args: process.argv.slice(2), terminal: { step, say, complain } });
} catch (error) {
  complain(sentenceOf(error));
  process.exit(1);
}
