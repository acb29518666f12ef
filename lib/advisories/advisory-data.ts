import * as z from 'zod';

/** Ecosystems as the OSV schema names them, of which versions can be compared. */
export const OSV_ECOSYSTEMS = ['npm', 'PyPI', 'Go', 'crates.io', 'Maven', 'Packagist', 'RubyGems', 'NuGet'] as const;
export type OsvEcosystem = (typeof OSV_ECOSYSTEMS)[number];

const Version = z.string().min(1).max(200);

/** From `introduced` on, up to `fixed` without it or `lastAffected` with it; `0` is before every version. */
const Span = z.object({
  introduced: Version,
  fixed: Version.optional(),
  lastAffected: Version.optional(),
});
export type Span = z.infer<typeof Span>;

/** One package that one advisory is about. */
export const AdvisoryEntry = z.object({
  id: z.string().min(1).max(100),
  aliases: z.array(z.string().max(100)).max(100),
  summary: z.string().max(300),
  ecosystem: z.enum(OSV_ECOSYSTEMS),
  name: z.string().min(1).max(300),
  spans: z.array(Span).max(2_000),
  versions: z.array(Version).max(20_000),
  /** CVSS base score. */
  score: z.number().min(0).max(10).nullable(),
  severity: z.enum(['critical', 'high', 'medium', 'low']).nullable(),
});
export type AdvisoryEntry = z.infer<typeof AdvisoryEntry>;

/** Advisories of one date in one file, sorted by ecosystem, name and id. */
export const AdvisoryData = z.object({
  format: z.literal(1),
  date: z.iso.date(),
  source: z.string().min(1).max(200),
  entries: z.array(AdvisoryEntry).max(2_000_000),
});
export type AdvisoryData = z.infer<typeof AdvisoryData>;
