import { startEarly } from '@/lib/facts/code/blob-worker';

/** Commands that read files of a repository. */
const READERS = ['audit', 'fix'];

// Reading the program takes as long as such a thread takes to begin.
if (READERS.includes(process.argv[2] ?? '')) startEarly();
await import('./main');
