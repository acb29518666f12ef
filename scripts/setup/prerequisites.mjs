import { spawnSync } from 'node:child_process';
import { SetupFailure } from './failure.mjs';

const LEAST_NODE = [20, 19];
const FIRST_UNTRIED_NODE = 25;
const LEAST_GIT = [2, 39];

export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOldEnough = major < FIRST_UNTRIED_NODE;
  const isNewEnough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  if (isOldEnough && isNewEnough) return;
  throw new SetupFailure(`Node ${LEAST_NODE.join('.')} to ${FIRST_UNTRIED_NODE - 1} is needed; this is ${version}.`);
}

export function checkGit() {
  const { status, stdout } = spawnSync('git', ['--version'], { encoding: 'utf8' });
  if (status !== 0) throw new SetupFailure('Git was not found; install it and start again.');
  const version = /(?<major>\d+)\.(?<minor>\d+)/.exec(stdout)?.groups;
  const [major, minor] = [Number(version?.major), Number(version?.minor)];
  if (major > LEAST_GIT[0] || (major === LEAST_GIT[0] && minor >= LEAST_GIT[1])) return;
  throw new SetupFailure(`Git ${LEAST_GIT.join('.')} or later is needed; this is ${stdout.trim()}.`);
}
