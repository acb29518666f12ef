import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';

export interface NetworkNamespace extends Disposable {
  /** What a command begins with that runs inside. */
  enter: readonly string[];
  /** Of this side, as seen from inside: all there is besides the loopback. */
  address: string;
}

/** A network of its own, joined to this one by a pair of addresses and by no route; null where none may be made. */
export function makeNetworkNamespace(): NetworkNamespace | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const nsenter = spawnSync('which', ['nsenter'], { encoding: 'utf8' }).stdout?.trim();
  if (!nsenter) return null;
  const name = `elder-${randomBytes(4).toString('hex')}`;
  const [near, far] = [`${name}a`, `${name}b`];
  const net = `10.${randomInt(128, 250)}.${randomInt(1, 250)}`;
  const steps = [
    ['netns', 'add', name],
    ['link', 'add', near, 'type', 'veth', 'peer', 'name', far],
    ['link', 'set', far, 'netns', name],
    ['addr', 'add', `${net}.1/30`, 'dev', near],
    ['link', 'set', near, 'up'],
    ['-n', name, 'addr', 'add', `${net}.2/30`, 'dev', far],
    ['-n', name, 'link', 'set', far, 'up'],
    ['-n', name, 'link', 'set', 'lo', 'up'],
  ];
  const remove = () => {
    spawnSync('ip', ['link', 'del', near]);
    spawnSync('ip', ['netns', 'del', name]);
  };
  for (const step of steps) {
    if (spawnSync('ip', step).status === 0) continue;
    remove();
    return null;
  }
  return {
    // What runs inside may have no PATH to find it by.
    enter: [nsenter, `--net=/run/netns/${name}`],
    address: `${net}.1`,
    [Symbol.dispose]: remove,
  };
}

/** Whether a connection to an address comes about from inside. */
export function isReachable({ enter }: NetworkNamespace, host: string): boolean {
  const [program = '', ...args] = enter;
  const [address, port] = host.split(':');
  const script = `require('node:net').connect(${port}, '${address}').on('connect', () => process.exit(0)).on('error', () => process.exit(1)).setTimeout(3000, () => process.exit(1))`;
  try {
    execFileSync(program, [...args, process.execPath, '-e', script], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
