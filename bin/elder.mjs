#!/usr/bin/env node
// Starts the built command line, or the sources where nothing is built.
import { existsSync } from 'node:fs';

const built = new URL('../dist/elder.js', import.meta.url);

if (existsSync(built)) {
  await import(built.href);
} else {
  const { register } = await import('tsx/esm/api');
  const { fileURLToPath } = await import('node:url');
  register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) });
  await import(new URL('./elder.ts', import.meta.url).href);
}
