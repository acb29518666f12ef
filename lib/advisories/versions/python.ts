import { type Key, trimmed } from './compare-parts';

const FORM =
  /^v?(?:(\d{1,9})!)?(\d{1,15}(?:\.\d{1,15}){0,10})(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d{0,9}))?(?:-(\d{1,9})|[-_.]?(post|rev|r)[-_.]?(\d{0,9}))?(?:[-_.]?(dev)[-_.]?(\d{0,9}))?(?:\+([a-z0-9]{1,50}(?:[-_.][a-z0-9]{1,50}){0,10}))?$/;

const PHASES: Readonly<Record<string, number>> = { a: 1, alpha: 1, b: 2, beta: 2, c: 3, rc: 3, pre: 3, preview: 3 };
const DEVELOPMENT_ONLY = 0;
const RELEASE = 4;

/** Order of PEP 440. */
export function pythonKey(version: string): Key | null {
  const match = FORM.exec(version.trim().toLowerCase());
  if (!match?.[2]) return null;
  const [, epoch, release, phase, phaseNumber, implicitPost, post, postNumber, dev, devNumber, local] = match;
  const numbers = trimmed(release.split('.').map(Number));
  const postKey = implicitPost ?? (post === undefined ? undefined : postNumber || '0');
  const isDevelopmentOnly = phase === undefined && postKey === undefined && dev !== undefined;
  const pre: Key = phase
    ? [PHASES[phase] ?? RELEASE, Number(phaseNumber || 0)]
    : [isDevelopmentOnly ? DEVELOPMENT_ONLY : RELEASE, 0];
  const parts = local?.split(/[-_.]/).map((part): Key => (/^\d+$/.test(part) ? [1, Number(part)] : [0, part])) ?? [];
  return [
    Number(epoch ?? 0),
    numbers,
    pre,
    postKey === undefined ? -1 : Number(postKey),
    dev === undefined ? Number.MAX_SAFE_INTEGER : Number(devNumber || 0),
    parts,
  ];
}
