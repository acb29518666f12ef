import type { Finding } from '@/lib/magics/types';

type Placed = Pick<Finding, 'ruleId' | 'path' | 'startLine' | 'fingerprint' | 'formerFingerprint'>;

export interface Place {
  path: string;
  line: number;
}

export interface PlaceNow extends Place {
  isTouched: boolean;
}

/**
 * Of a finding whose line lives on. `kept`: its fingerprint is there. `followed`: by the one under the path before.
 * `lost`: its rule reports the line under another one. `silent`: its rule no longer reports the line.
 */
export const FATES = ['kept', 'followed', 'lost', 'silent'] as const;
export type Fate = (typeof FATES)[number];

/** What the newer commit did to the file of a finding. */
export const FILES = ['moved', 'changed', 'untouched'] as const;
export type Fates = Record<(typeof FILES)[number], Record<Fate, number>>;

export const noFates = (): Fates => ({ moved: none(), changed: none(), untouched: none() });

const none = () => ({ kept: 0, followed: 0, lost: 0, silent: 0 });

export function addFates(sum: Fates, more: Fates): Fates {
  const add = (file: keyof Fates) =>
    Object.fromEntries(FATES.map((fate) => [fate, sum[file][fate] + more[file][fate]])) as Record<Fate, number>;
  return { moved: add('moved'), changed: add('changed'), untouched: add('untouched') };
}

/** What became of the findings of the older commit whose first line stands in the newer one, wherever that is. */
export function countFates(
  older: readonly Placed[],
  newer: readonly Placed[],
  placeNow: (place: Place) => PlaceNow | null,
): Fates {
  const own = new Set(newer.map(({ fingerprint }) => fingerprint));
  const former = new Set(newer.flatMap(({ formerFingerprint }) => formerFingerprint ?? []));
  const keyOf = (ruleId: string, { path, line }: Place) => `${ruleId} ${line} ${path}`;
  const reported = new Set(
    newer.flatMap(({ ruleId, path, startLine }) =>
      path === null || startLine === null ? [] : [keyOf(ruleId, { path, line: startLine })],
    ),
  );
  const fates = noFates();
  for (const { ruleId, path, startLine, fingerprint } of older) {
    const now = path === null || startLine === null ? null : placeNow({ path, line: startLine });
    if (!now) continue;
    const fate = own.has(fingerprint)
      ? 'kept'
      : former.has(fingerprint)
        ? 'followed'
        : reported.has(keyOf(ruleId, now))
          ? 'lost'
          : 'silent';
    fates[now.path !== path ? 'moved' : now.isTouched ? 'changed' : 'untouched'][fate] += 1;
  }
  return fates;
}
