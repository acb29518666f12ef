'use client';

import { useSyncExternalStore } from 'react';

const STORAGE_KEY = 'elder-single-keys';
const watchers = new Set<() => void>();

function read(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off';
  } catch {
    return true;
  }
}

function write(isOn: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, isOn ? 'on' : 'off');
  } catch {
    // Storage is refused in some private windows: the choice then holds for this page only.
  }
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Whether single keys act as shortcuts in this browser (WCAG 2.1.4). */
export function useSingleKeys(): [boolean, (isOn: boolean) => void] {
  return [useSyncExternalStore(watch, read, () => true), write];
}

export function hasSingleKeys(): boolean {
  return read();
}
