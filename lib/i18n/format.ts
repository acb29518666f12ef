import type { Language } from '@/lib/magics/types';

const LOCALES: Record<Language, string> = { en: 'en-GB', ja: 'ja-JP' };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MINUS = '−';

export type Format = ReturnType<typeof createFormat>;

/** Dates and numbers in one language, one time zone and at one moment: nothing is taken from the machine. */
export function createFormat(language: Language, timeZone: string, now: number) {
  const locale = LOCALES[language];
  const isJapanese = language === 'ja';
  const unit = (value: string, english: string, japanese: string) =>
    isJapanese ? `${value}${japanese}` : `${value} ${english}`;

  /** `leastDigits` fills up with zeros, so that numbers of a column can be compared. */
  const number = (value: number, maximumFractionDigits = 0, leastDigits = 0) =>
    new Intl.NumberFormat(locale, {
      maximumFractionDigits,
      minimumFractionDigits: leastDigits,
      useGrouping: true,
    }).format(value);

  const date = (instant: string) => {
    const sameYear = yearOf(Date.parse(instant), timeZone) === yearOf(now, timeZone);
    const year = sameYear ? {} : { year: 'numeric' as const };
    return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...year, timeZone }).format(
      Date.parse(instant),
    );
  };

  /** A day of the calendar, `2026-12-31`: the same day in every zone. */
  const day = (isoDay: string) =>
    new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
      Date.parse(isoDay),
    );

  const dateTime = (instant: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(Date.parse(instant));

  const time = (instant: string) =>
    new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false, timeZone }).format(
      Date.parse(instant),
    );

  /** "21 min ago" under seven days, then a date. */
  const ago = (instant: string) => {
    const ageMs = now - Date.parse(instant);
    if (ageMs >= 7 * DAY_MS) return date(instant);
    if (ageMs < MINUTE_MS) return isJapanese ? 'たった今' : 'just now';
    if (ageMs < HOUR_MS) return isJapanese ? `${floor(ageMs, MINUTE_MS)}分前` : `${floor(ageMs, MINUTE_MS)} min ago`;
    if (ageMs < DAY_MS) return isJapanese ? `${floor(ageMs, HOUR_MS)}時間前` : `${floor(ageMs, HOUR_MS)} h ago`;
    if (ageMs < 2 * DAY_MS) return isJapanese ? '昨日' : 'yesterday';
    return isJapanese ? `${floor(ageMs, DAY_MS)}日前` : `${floor(ageMs, DAY_MS)} days ago`;
  };

  /** "0.8 s", "2 min 5 s": how long something took. */
  const duration = (durationMs: number) => {
    if (durationMs < 999.5) return unit(number(durationMs), 'ms', 'ミリ秒');
    if (durationMs < 59_950) return unit(number(durationMs / 1000, durationMs < 9950 ? 1 : 0), 's', '秒');
    const seconds = Math.round(durationMs / 1000);
    if (seconds < 3600) {
      const rest = seconds % 60;
      const minutes = unit(number(Math.floor(seconds / 60)), 'min', '分');
      return rest === 0 ? minutes : `${minutes}${isJapanese ? '' : ' '}${unit(number(rest), 's', '秒')}`;
    }
    const minutes = Math.round(seconds / 60);
    const rest = minutes % 60;
    const hours = unit(number(Math.floor(minutes / 60)), 'h', '時間');
    return rest === 0 ? hours : `${hours}${isJapanese ? '' : ' '}${unit(number(rest), 'min', '分')}`;
  };

  /** 0:07, 12:40, 1:02:03: a running clock. */
  const clock = (durationMs: number) => {
    const seconds = Math.max(0, Math.floor(durationMs / 1000));
    const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const two = (value: number) => String(value).padStart(2, '0');
    return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  };

  /** `+4`, `−8`, `±0`: with the true minus sign. */
  const change = (value: number, digits = 0) => {
    const size = Math.abs(value);
    const text = number(size, digits);
    if (Number(size.toFixed(digits)) === 0) return '±0';
    return `${value > 0 ? '+' : MINUS}${text}`;
  };

  const percent = (share: number, digits = 0) => {
    const text = number(share * 100, digits);
    return isJapanese ? `${text}%` : `${text} %`;
  };

  const bytes = (sizeBytes: number) => {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let value = sizeBytes;
    let step = 0;
    while (value >= 999.5 && step < units.length - 1) {
      value /= 1000;
      step += 1;
    }
    return `${number(value, value < 10 && step > 0 ? 1 : 0)} ${units[step]}`;
  };

  /** Scores are shown whole; rounding happens here and nowhere before. */
  const score = (value: number) => String(Math.round(value));

  const list = (items: readonly string[]) =>
    new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' }).format(items);

  return {
    language,
    timeZone,
    now,
    number,
    date,
    day,
    dateTime,
    time,
    ago,
    duration,
    clock,
    change,
    percent,
    bytes,
    score,
    list,
  };
}

function floor(value: number, step: number): string {
  return String(Math.floor(value / step));
}

function yearOf(instantMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en', { year: 'numeric', timeZone }).format(instantMs);
}
