import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { portProblem } from '../postgres/ports';
import { assertReadable, assertWritable } from './data-directory';
import { assertUnlocked } from './lock';

/** Finds what would stop a start before anything is built or changed. */
export async function checkBeforeStart(): Promise<void> {
  const { HOST, PORT, ELDER_DATA_DIR } = env();
  assertReadable(ELDER_DATA_DIR);
  assertWritable(ELDER_DATA_DIR);
  assertUnlocked(ELDER_DATA_DIR);
  const problem = await portProblem(PORT, HOST);
  if (problem) throw new AppError('conflict', describePortProblem(problem, HOST, PORT));
}

export interface StartArguments {
  isVerbose: boolean;
  /** A repository to register and audit: an absolute path or a URL. */
  repository: string | undefined;
}

export function readArguments(args: readonly string[], callerDirectory: string): StartArguments {
  const { values, positionals } = parse(args);
  const [repository, ...others] = positionals;
  if (others.length > 0) throw new AppError('invalid_request', 'npm start takes one repository at most.');
  return {
    isVerbose: values.verbose === true,
    repository: repository === undefined ? undefined : absolute(repository, callerDirectory),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { verbose: { type: 'boolean', short: 'v' } },
      allowPositionals: true,
    });
  } catch (cause) {
    throw new AppError('invalid_request', 'Usage: npm start -- [--verbose] [repository URL or path]', { cause });
  }
}

function absolute(repository: string, callerDirectory: string): string {
  const file = path.resolve(callerDirectory, repository);
  return existsSync(file) ? file : repository;
}

function describePortProblem(code: string, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken; stop what uses it or set PORT.`;
  if (code === 'EACCES') return `This user may not listen on port ${port}; set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is no address of this machine; set HOST.`;
  return `Port ${port} on ${host} cannot be listened on (${code}).`;
}
