import type { Progress } from '@/lib/facts/read-repository';

interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

const ERASE_LINE = '\r\u001b[2K';
const INTERVAL_MS = 80;

/** One line that is written over and erased at the end; silent where nobody looks. */
export function createProgress(terminal: Terminal, labels: Record<Progress['step'], string>) {
  const latest = new Map<Progress['step'], Progress>();
  let shownAt = 0;
  return {
    show(progress: Progress): void {
      latest.set(progress.step, progress);
      const now = performance.now();
      if (!terminal.isTTY || now - shownAt < INTERVAL_MS) return;
      shownAt = now;
      const parts = [...latest.values()]
        .filter(({ done, total }) => done < total || latest.size === 1)
        .map(({ step, done, total }) =>
          total > 1 ? `${labels[step]} ${Math.floor((done / total) * 100)} %` : labels[step],
        );
      if (parts.length > 0) terminal.write(`${ERASE_LINE}  ${parts.join(' · ')}`);
    },
    clear(): void {
      if (terminal.isTTY) terminal.write(ERASE_LINE);
    },
  };
}
