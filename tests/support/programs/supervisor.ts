import { isAppError } from '@/lib/errors';
import { checkBeforeStart, start } from '@/scripts/supervisor/main';
import { PROGRAMS } from '@/scripts/supervisor/programs';

const stand = (name: string) => ['tests/support/programs/process.mjs', name];

try {
  await checkBeforeStart();
  await start({
    mode: 'production',
    callerDirectory: process.cwd(),
    args: [],
    programs: { ...PROGRAMS.development, web: stand('web'), worker: stand('worker') },
    terminal: {
      step: async (_title, work) => work(),
      say: (text) => console.log(text),
      complain: (sentence) => console.error(sentence),
    },
  });
} catch (error) {
  console.error(isAppError(error) ? error.message : error);
  process.exit(1);
}
