// npm start: from a bare clone to a running Ancient Elder. Nothing but Node may be imported before the installation.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensure } from './setup/build.mjs';
import { sentenceOf } from './setup/failure.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { checkGit, checkNode } from './setup/prerequisites.mjs';
import { complain, say, step } from './setup/steps.mjs';

const callerDirectory = process.env.INIT_CWD ?? process.cwd();
process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));
process.env.NODE_ENV = 'production';

try {
  checkNode();
  checkGit();
  await ensureInstalled();
  await ensure('client');
  await ensure('bundles');
  const { checkBeforeStart, start } = await import(path.resolve('dist/supervisor.js'));
  await checkBeforeStart();
  await ensure('pages');
  await start({ mode: 'production', callerDirectory, args: process.argv.slice(2), terminal: { step, say, complain } });
} catch (error) {
  complain(sentenceOf(error));
  process.exit(1);
}
