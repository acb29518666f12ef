import { existsSync, linkSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from './steps.mjs';

const FILE = '.setup-lock';
const LOOK_EVERY_MS = 250;
let depth = 0;

/**
 * Runs `work` while no other process sets up this folder: two that install or build at once break each other's files.
 * Waits for the other one. A lock whose holder is gone counts for nothing.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSetupLock(work) {
  if (depth === 0) await take();
  depth += 1;
  try {
    return await work();
  } finally {
    depth -= 1;
    if (depth === 0) rmSync(FILE, { force: true });
  }
}

async function take() {
  let isTold = false;
  while (!create()) {
    const held = read(FILE);
    if (held === null) continue;
    if (!isHeld(held)) {
      takeAway(held);
      continue;
    }
    if (!isTold)
      say(
        `  Another process (${held.split(' ')[0]}) sets up this folder; waiting for it to finish. If there is none, delete ${FILE}.`,
      );
    isTold = true;
    await pause(LOOK_EVERY_MS);
  }
}

/** Whole or not at all: nobody may read a lock that does not name its holder yet. */
function create() {
  const mine = `${FILE}.${process.pid}`;
  writeFileSync(mine, `${process.pid} ${startOf(process.pid)} ${roomOf()}`);
  try {
    linkSync(mine, FILE);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine);
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Only the lock that was looked at: another process may have been quicker, and then this is its lock. */
function takeAway(held) {
  const aside = `${FILE}.${process.pid}.old`;
  try {
    renameSync(FILE, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (read(aside) === held) rmSync(aside);
  else renameSync(aside, FILE);
}

/** A process number is given again later; the time of its start tells them apart where the system says it. */
function isHeld(content) {
  const [pid, start, room] = content.split(' ');
  // A process of another container is not to be seen from here.
  if (room !== undefined && room !== roomOf()) return true;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return startOf(pid) === start;
}

function startOf(pid) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return 'unknown';
  const stat = readFileSync(file, 'utf8');
  // The name, in parentheses, may hold spaces; the time of the start is the 20th field after it.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'unknown';
}

/** Names the system whose processes are numbered together. */
function roomOf() {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return 'only';
  }
}
