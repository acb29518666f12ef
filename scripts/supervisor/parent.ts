import { readFileSync } from 'node:fs';

const PARENT_INTERVAL_MS = 1_000;

/** Programs are started through a shell, which does not end with its parent: so the parent's parent counts too. */
export function onParentGone(callback: () => void): void {
  const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const first = ancestors();
  setInterval(() => ancestors() !== first && callback(), PARENT_INTERVAL_MS).unref();
}

function parentOf(pid: number): string {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return /^PPid:\s*(?<parent>\d+)/m.exec(status)?.groups?.parent ?? '';
  } catch {
    return '';
  }
}
