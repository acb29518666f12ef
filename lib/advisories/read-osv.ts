import * as z from 'zod';
import { compareText } from '@/lib/magics/hash';
import { type AdvisoryEntry, OSV_ECOSYSTEMS, type Span } from './advisory-data';
import { cvss3Score } from './cvss';
import { compareVersions } from './versions/compare-versions';

const Event = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
});

const Severity = z.array(z.object({ type: z.string(), score: z.string() })).nullish();

/** The part of the OSV schema that says which versions of which package are affected. */
const OsvAdvisory = z.object({
  id: z.string().min(1).max(100),
  modified: z.string().optional(),
  published: z.string().nullish(),
  withdrawn: z.string().nullish(),
  aliases: z.array(z.string()).nullish(),
  summary: z.string().nullish(),
  details: z.string().nullish(),
  severity: Severity,
  database_specific: z.object({ severity: z.unknown() }).partial().nullish(),
  affected: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string().min(1).max(300) }).optional(),
        severity: Severity,
        ranges: z.array(z.object({ type: z.string(), events: z.array(Event) })).nullish(),
        versions: z.array(z.string()).nullish(),
        database_specific: z.object({ last_known_affected_version_range: z.unknown() }).partial().nullish(),
      }),
    )
    .nullish(),
});
type OsvAdvisory = z.infer<typeof OsvAdvisory>;
type Affected = NonNullable<OsvAdvisory['affected']>[number];

export interface OsvReading {
  entries: AdvisoryEntry[];
  /** ISO 8601 date of the last change; null when the advisory states none. */
  modified: string | null;
}

const DATE = /^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?=T|$)/;
const MAX_SUMMARY = 200;
const MAX_ALIASES = 100;
const MAX_SPANS = 2_000;
const MAX_VERSIONS = 20_000;

const WORDS: Readonly<Record<string, AdvisoryEntry['severity']>> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MODERATE: 'medium',
  MEDIUM: 'medium',
  LOW: 'low',
};

/** One file of an OSV export; null when it is none. Withdrawn advisories have no entries. */
export function readOsv(text: string): OsvReading | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = OsvAdvisory.safeParse(json);
  if (!parsed.success) return null;
  const advisory = parsed.data;
  // Sources of some databases leave the time of a change at its zero; their ids name the year.
  const year = /^[A-Z]{2,10}-(20\d{2})-/.exec(advisory.id)?.[1];
  const dates = [advisory.modified, advisory.published, year && `${year}-01-01`].flatMap(
    (time) => DATE.exec(time ?? '')?.[0] ?? [],
  );
  const modified = dates.sort(compareText).at(-1) ?? null;
  const entries = advisory.withdrawn ? [] : (advisory.affected ?? []).flatMap((one) => entryOf(advisory, one) ?? []);
  return { entries, modified };
}

function entryOf(advisory: OsvAdvisory, affected: Affected): AdvisoryEntry | null {
  // `Packagist:https://…` is the same order of versions on another server.
  const named = affected.package?.ecosystem.split(':', 1)[0];
  const ecosystem = OSV_ECOSYSTEMS.find((known) => known === named);
  if (!affected.package || !ecosystem) return null;
  const spans = (affected.ranges ?? [])
    .filter(({ type }) => type === 'SEMVER' || type === 'ECOSYSTEM')
    .flatMap(({ events }) => spansOf(events, (a, b) => compareVersions(ecosystem, a, b) ?? 0))
    .map((span) => withKnownEnd(span, affected))
    .slice(0, MAX_SPANS);
  const versions = (affected.versions ?? []).filter(isVersion).slice(0, MAX_VERSIONS);
  if (spans.length === 0 && versions.length === 0) return null;
  const score = scoreOf(affected.severity) ?? scoreOf(advisory.severity);
  const word = advisory.database_specific?.severity;
  const isMalicious = advisory.id.startsWith('MAL-');
  return {
    id: advisory.id,
    aliases: (advisory.aliases ?? []).filter((alias) => alias.length <= 100).slice(0, MAX_ALIASES),
    summary: summaryOf(advisory),
    ecosystem,
    name: affected.package.name,
    spans,
    versions,
    score,
    severity: isMalicious ? 'critical' : typeof word === 'string' ? (WORDS[word.toUpperCase()] ?? null) : null,
  };
}

const isVersion = (version: string) => version !== '' && version.length <= 200;

/** Events in the order of their versions; each start ends at the next fix or last version. */
function spansOf(events: readonly z.infer<typeof Event>[], compare: (a: string, b: string) => number): Span[] {
  const points = events
    .flatMap(({ introduced, fixed, last_affected }) => {
      const [kind, version] =
        introduced !== undefined
          ? (['introduced', introduced] as const)
          : fixed !== undefined
            ? (['fixed', fixed] as const)
            : (['lastAffected', last_affected ?? ''] as const);
      return isVersion(version) ? [{ kind, version }] : [];
    })
    .sort((a, b) => (a.version === '0' ? -1 : b.version === '0' ? 1 : compare(a.version, b.version)));
  const spans: Span[] = [];
  let introduced: string | null = null;
  for (const { kind, version } of points) {
    if (kind === 'introduced') introduced ??= version;
    else if (introduced !== null) {
      spans.push({ introduced, [kind]: version });
      introduced = null;
    }
  }
  if (introduced !== null) spans.push({ introduced });
  return spans;
}

/** GitHub tells apart what has no fix from what nobody looked at again: later versions may well be mended. */
function withKnownEnd(span: Span, { database_specific: specific }: Affected): Span {
  const range = specific?.last_known_affected_version_range;
  const match = typeof range === 'string' ? /^<(=?) ?(\S{1,200})$/.exec(range) : null;
  if (!match?.[2] || span.fixed !== undefined || span.lastAffected !== undefined) return span;
  return match[1] === '=' ? { ...span, lastAffected: match[2] } : { ...span, fixed: match[2] };
}

function scoreOf(severity: z.infer<typeof Severity>): number | null {
  const scores = (severity ?? []).flatMap(({ type, score }) => (type === 'CVSS_V3' ? (cvss3Score(score) ?? []) : []));
  return scores.length === 0 ? null : Math.max(...scores);
}

function summaryOf({ summary, details, id }: OsvAdvisory): string {
  const text = summary || details?.split('\n', 1)[0] || id;
  return text
    .replace(/[^\P{C}]+/gu, ' ')
    .trim()
    .slice(0, MAX_SUMMARY);
}
