import { startEarly } from '@/lib/facts/code/blob-worker';

/** Commands that read files of a repository. */
const READERS = ['audit', 'fix'];

// Reading the program takes as long as such a thread takes to begin.
const [command = '', ...options] = process.argv.slice(2);
if (READERS.includes(command) && !options.includes('--remote')) startEarly();
await import('./main');
