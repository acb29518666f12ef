import { type FSWatcher, watch } from 'node:fs';

const QUIET_MS = 200;
const SOURCE = /\.(?:ts|tsx|json|prisma)$/;
const NOT_LOADED = /\.test\.tsx?$|generated/;

/** Calls back once after sources below the folders changed. */
export function onSourceChange(folders: readonly string[], onChange: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const watchers: FSWatcher[] = folders.map((folder) =>
    watch(folder, { recursive: true }, (_, file) => {
      if (!file || !SOURCE.test(file) || NOT_LOADED.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(onChange, QUIET_MS);
    }),
  );
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
