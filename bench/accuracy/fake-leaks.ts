import { collectBlob } from '@/lib/facts/collect-blob';
import { classifyPath } from '@/lib/magics/classify-path';
import { sha256 } from '@/lib/magics/hash';
import { severityOfSecret } from '@/lib/magics/strict/no-secret';
import { type LabelledSet, scores } from './measure';
import { findClone } from './sets';

/** Every second file by the hash of its name is left for the final score. */
export function isHeldOut(path: string): boolean {
  return Number.parseInt(sha256(path).slice(0, 8), 16) % 2 === 1;
}

/** A file counts as found when strict/no-secret reports anything in it. */
async function hasSecret(path: string, bytes: Buffer): Promise<boolean> {
  const { secrets } = await collectBlob(path, bytes);
  return secrets.some((secret) => severityOfSecret({ ...secret, path, role: classifyPath(path) }) !== null);
}

export const fakeLeaks: LabelledSet = {
  name: 'secrets',
  source: 'github.com/leaktk/fake-leaks',
  async measure() {
    const files = findClone('leaktk', 'fake-leaks');
    if (!files) return null;
    const verdicts: { path: string; isTrue: boolean; isFound: boolean }[] = [];
    const paths = files.paths.filter((path) => /(?:^|\/)(?:in)?valid\//.test(path));
    for (const [at, bytes] of files.readAll(paths).entries()) {
      const path = paths[at] ?? '';
      verdicts.push({ path, isTrue: /(?:^|\/)valid\//.test(path), isFound: await hasSecret(path, bytes) });
    }
    if (process.env.SHOW_ERRORS)
      for (const { path, isTrue, isFound } of verdicts)
        if (isTrue !== isFound && !isHeldOut(path)) console.log(isTrue ? '    missed' : '    false', path);
    const part = (isHeld: boolean) => verdicts.filter(({ path }) => isHeldOut(path) === isHeld);
    const bars = [
      { figure: 'f1', atLeast: 0.75, isReached: true },
      { figure: 'precision', atLeast: 0.8, isReached: true },
    ];
    return [
      { name: 'tuned on', items: part(false).length, figures: scores(part(false)), bars },
      { name: 'every second file', isHeldOut: true, items: part(true).length, figures: scores(part(true)), bars },
    ];
  },
};
