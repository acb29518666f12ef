import { isAppError } from '@/lib/errors';
import { INSTANCE_TEXTS } from '@/lib/i18n/cli-instance';
import { runBackup } from './backup/run-backup';
import { runDoctor } from './doctor/run-doctor';
import { type InstanceCommand, readInstanceArguments } from './instance-arguments';
import { runOwner } from './owner/run-owner';
import { problemSentence } from './problem-sentence';

// elder backup | restore | doctor | owner: for whoever operates an installation. A program of its own: the other commands need neither
// its database nor its settings, and shall not load what speaks to them.
const PASSED = 0;
const WRONG = 2;

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());

process.exitCode = await main();

async function main(): Promise<number> {
  const read = readInstanceArguments(process.argv.slice(2), process.env);
  const t = INSTANCE_TEXTS[read.language];
  if (read.problem !== undefined) {
    process.stderr.write(`elder: ${read.problem}\n${t.usage}`);
    return WRONG;
  }
  if (read.command === null) {
    process.stdout.write(t.usage);
    return PASSED;
  }
  try {
    const { text, code } = await run(read.command, read.language);
    process.stdout.write(text);
    return code;
  } catch (error) {
    const isStopped = interrupt.signal.aborted && !isAppError(error);
    process.stderr.write(`elder: ${isStopped ? t.stopped : problemSentence(error, read.language)}\n`);
    return WRONG;
  }
}

function run(command: InstanceCommand, language: 'en' | 'ja'): Promise<{ text: string; code: number }> {
  const say = (text: string) => process.stderr.write(`elder: ${text}\n`);
  if (command.name === 'doctor') return runDoctor(command, language);
  if (command.name === 'owner') return runOwner(command, language);
  return runBackup(command, { language, say, signal: interrupt.signal });
}
