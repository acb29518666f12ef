import { readFileSync, writeFileSync } from 'node:fs';
import { type LockFile, missingOptionalPackages } from './lock/missing';

// npm leaves optional packages of other platforms out of the lock file when it cannot see them while it locks, and `npm ci`
// then refuses the file. This adds what is missing, at the version it is asked for.
const FILE = 'package-lock.json';
const lock = JSON.parse(readFileSync(FILE, 'utf8')) as LockFile;
const missing = missingOptionalPackages(lock);

const entries = Object.entries({ ...lock.packages, ...missing });
lock.packages = Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`Added ${Object.keys(missing).length} packages to ${FILE}.`);
