/** How many backups are kept: of each of the last days, weeks and months that have one, the newest. */
export interface BackupKeep {
  daily: number;
  weekly: number;
  monthly: number;
}

const MOST = 1_000;
const PERIODS = { d: 'daily', w: 'weekly', m: 'monthly' } as const;
const DAY_MS = 24 * 3_600_000;

/** Reads `7d,4w,12m`; what is not named is 0. Null when it is no such list, or keeps nothing. */
export function readBackupKeep(text: string): BackupKeep | null {
  const keep: BackupKeep = { daily: 0, weekly: 0, monthly: 0 };
  const seen = new Set<string>();
  for (const part of text.split(',')) {
    const [, count, letter] = /^\s*(\d{1,4})([dwm])\s*$/.exec(part) ?? [];
    if (!count || !letter || seen.has(letter) || Number(count) > MOST) return null;
    seen.add(letter);
    keep[PERIODS[letter as keyof typeof PERIODS]] = Number(count);
  }
  return keep.daily + keep.weekly + keep.monthly > 0 ? keep : null;
}

/** Those that may go. Periods are those of UTC; the newest backup stays whatever is asked for. */
export function findSuperfluous<Backup extends { madeAt: Date }>(
  backups: readonly Backup[],
  { daily, weekly, monthly }: BackupKeep,
): Backup[] {
  const newestFirst = [...backups].sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime());
  const kept = new Set(newestFirst.slice(0, 1));
  const rules: [number, (time: Date) => string][] = [
    [daily, (time) => time.toISOString().slice(0, 10)],
    [weekly, weekOf],
    [monthly, (time) => time.toISOString().slice(0, 7)],
  ];
  for (const [count, periodOf] of rules) {
    const periods = new Set<string>();
    for (const backup of newestFirst) {
      const period = periodOf(backup.madeAt);
      if (periods.has(period)) continue;
      if (periods.size === count) break;
      periods.add(period);
      kept.add(backup);
    }
  }
  return newestFirst.filter((backup) => !kept.has(backup));
}

/** The Monday it begins with. */
function weekOf(time: Date): string {
  const day = Math.floor(time.getTime() / DAY_MS);
  // 1970-01-01 was a Thursday.
  return String(day - ((day + 3) % 7));
}
