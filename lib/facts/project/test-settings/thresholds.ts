/** A coverage that must be reached, in percent; null where the tool compares with the commit before. */
export interface Threshold {
  /** What is measured: two thresholds of one key are one setting at two times. */
  key: string;
  value: number | null;
}

const FAIL_UNDER =
  /(?:^|[\s"'-])fail[-_]under(?<what>[-_][a-z]{1,12})?["']?\s{0,3}[=:\s]\s{0,3}["']?(?<value>\d{1,3}(?:\.\d{1,3})?)/;
const METRIC =
  /["']?\b(?<what>lines|statements|branches|functions)["']?\s{0,3}:\s{0,3}(?<value>\d{1,3}(?:\.\d{1,3})?)(?![\w.])/g;
const CODECOV = /^\s{2,20}target:\s{0,3}["']?(?:(?<auto>auto)|(?<value>\d{1,3}(?:\.\d{1,3})?)\s?%?)/;
const RATIO = /(?:<minimum>|\bminimum\s{0,3}=\s{0,3}["']?)(?<value>0?\.\d{1,4}|1\.0{1,3}|\d{1,3}%)/;
const SIMPLECOV = /\bminimum_coverage[\s(]{1,3}(?:line:\s?)?(?<value>\d{1,3}(?:\.\d{1,3})?)/;
const GO = /^\s{1,8}(?<what>file|package|total):\s{0,3}(?<value>\d{1,3})/;
const COVERLET = /<Threshold>(?<value>\d{1,3})<|\/p:Threshold=(?<other>\d{1,3})\b/;

/** Thresholds of one line of the file of this name. `isInBlock`: a block of thresholds began a few lines above. */
export function thresholdsOnLine(name: string, line: string, isInBlock: boolean): Threshold[] {
  const under = FAIL_UNDER.exec(line)?.groups;
  if (under) return percent(`fail_under${under.what ?? ''}`, under.value);
  if (/codecov\.ya?ml$/.test(name)) {
    const target = CODECOV.exec(line)?.groups;
    return target?.auto ? [{ key: 'target', value: null }] : percent('target', target?.value);
  }
  if (/^(?:pom\.xml|build\.gradle)/.test(name)) return ratio(RATIO.exec(line)?.groups?.value);
  if (/\.rb$|^\.simplecov$/.test(name)) return percent('minimum_coverage', SIMPLECOV.exec(line)?.groups?.value);
  if (/testcoverage/.test(name)) {
    const limit = GO.exec(line)?.groups;
    return percent(limit?.what ?? '', limit?.value);
  }
  if (/\.runsettings$|\.csproj$/.test(name)) {
    const limit = COVERLET.exec(line)?.groups;
    return percent('threshold', limit?.value ?? limit?.other);
  }
  if (!isInBlock && !/^\.(?:nycrc|c8rc)/.test(name)) return [];
  return [...line.matchAll(METRIC)].flatMap(({ groups }) => percent(groups?.what ?? '', groups?.value));
}

function percent(key: string, text: string | undefined): Threshold[] {
  const value = Number(text);
  return text === undefined || value > 100 || value === 0 ? [] : [{ key, value }];
}

function ratio(text: string | undefined): Threshold[] {
  if (text === undefined) return [];
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) : Number(text) * 100;
  return value > 0 && value <= 100 ? [{ key: 'minimum', value: Math.round(value * 100) / 100 }] : [];
}
