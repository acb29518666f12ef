import { existsSync, readFileSync } from 'node:fs';
import { runQuietly } from './run.mjs';
import { withSetupLock } from './setup-lock.mjs';
import { step } from './steps.mjs';

const LOCK = 'package-lock.json';
const INSTALLED = 'node_modules/.package-lock.json';

/** Whether node_modules holds what the lock file asks for. */
export function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  const wanted = JSON.parse(readFileSync(LOCK, 'utf8')).packages;
  const present = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([place, { version, optional, dev, devOptional }]) =>
      place === '' || present[place]?.version === version || (!present[place] && (optional || dev || devOptional)),
  );
}

/** Whether the tools of `npm test` are there too, which a production install leaves out. */
export function hasDevelopmentTools() {
  return existsSync('node_modules/vitest/package.json') && existsSync('node_modules/@playwright/test/package.json');
}

/** Installs what is missing. @param {() => boolean} [isComplete] */
export async function ensureInstalled(isComplete = isInstalled) {
  if (isComplete()) return;
  await withSetupLock(async () => {
    if (!isComplete()) await step('Dependencies installed', install);
  });
}

async function install() {
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) await runQuietly('Installing dependencies', process.execPath, [npm, ...args]);
  else await runQuietly('Installing dependencies', 'npm', args);
}
