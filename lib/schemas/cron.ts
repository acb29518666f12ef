interface Field {
  name: string;
  least: number;
  most: number;
  names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const FIELDS: readonly Field[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: MONTHS },
  { name: 'day of week', least: 0, most: 7, names: DAYS },
];

/** The most days that each month has. */
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with a cron expression of five fields, null when nothing is. At most once an hour: the minute is one number. */
export function cronProblem(text: string): string | null {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length)
    return `has ${parts.length} fields instead of ${FIELDS.length}: minute hour day month weekday`;
  const sets: number[][] = [];
  for (const [at, field] of FIELDS.entries()) {
    const values = valuesOf(parts[at] ?? '', field);
    if (typeof values === 'string') return values;
    sets.push(values);
  }
  if (!/^\d+$/.test(parts[0] ?? '')) return 'the minute must be one number: a schedule runs at most once an hour';
  const [, , days = [], months = []] = sets;
  const isEveryDayOfWeek = parts[4] === '*';
  const exists = months.some((month) => days.some((day) => day <= (LONGEST[month - 1] ?? 0)));
  return exists || !isEveryDayOfWeek ? null : 'names a day that none of its months has';
}

/** The values a field stands for, or what is wrong with it. */
function valuesOf(text: string, field: Field): number[] | string {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step, ...more] = part.split('/');
    const every = step === undefined ? 1 : numberIn(step, { name: field.name, least: 1, most: field.most });
    if (more.length > 0 || every === null) return `${field.name}: “${part}” is no step`;
    const ends = range === '*' ? [field.least, field.most] : range.split('-').map((end) => numberIn(end, field));
    const [from, to = step === undefined ? from : field.most] = ends;
    if (ends.length > 2 || from === null || to === null || from === undefined || to === undefined || from > to) {
      return `${field.name}: “${part}” is not within ${field.least}–${field.most}`;
    }
    for (let value = from; value <= to; value += every) values.add(value);
  }
  return [...values];
}

function numberIn(text: string, { least, most, names }: Field): number | null {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  const value = named >= 0 ? named + (least === 1 ? 1 : 0) : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
