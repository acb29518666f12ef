import { ensure } from './setup/build.mjs';
import { sentenceOf } from './setup/failure.mjs';
import { complain } from './setup/steps.mjs';

// Builds what is out of date. `npm run build -- bundles` builds only the programs.
const names = process.argv.slice(2);
try {
  for (const name of names.length > 0 ? names : ['client', 'bundles', 'pages']) await ensure(name);
} catch (error) {
  complain(sentenceOf(error));
  process.exitCode = 1;
}
