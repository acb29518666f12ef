import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const SKIPPED = /^(?:node_modules|generated|\.next|dist)$|\.test\.tsx?$/;

/** A digest of the content of files and folders. @param {readonly string[]} places */
export function digest(places) {
  const hash = createHash('sha256');
  for (const file of places.filter((place) => existsSync(place)).flatMap(filesBelow)) {
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} place @returns {string[]} */
function filesBelow(place) {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place)
    .filter((name) => !SKIPPED.test(name))
    .sort()
    .flatMap((name) => filesBelow(path.join(place, name)));
}
