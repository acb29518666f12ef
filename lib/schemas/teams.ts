import * as z from 'zod';
import { Instant, MagicKey, NameText } from './common';

export const LONGEST_NAME = 120;

/** Least first. */
export const TEAM_ROLES = ['viewer', 'member', 'admin', 'owner'] as const;
export const TeamRole = z.enum(TEAM_ROLES);
export type TeamRole = z.infer<typeof TeamRole>;

/** POST and PATCH of a team */
export const TeamRequest = z.strictObject({ teamName: NameText.trim().min(1).max(LONGEST_NAME) });
export type TeamRequest = z.infer<typeof TeamRequest>;

/** A team with the asker's role in it. */
export const TeamView = z.object({ teamId: z.uuid(), teamName: z.string(), role: TeamRole });
export type TeamView = z.infer<typeof TeamView>;
export const TeamList = z.object({ items: z.array(TeamView) });
export type TeamList = z.infer<typeof TeamList>;

/** GET /teams/{teamId}/magics: what one magic says over the projects of a team, by the newest audit that asked it. */
export const TeamMagic = z.object({
  magic: MagicKey,
  /** Mean over the projects that have a score; null without one. */
  score: z.number().nullable(),
  judged: z.number().int().describe('Projects that have a score'),
  failed: z.number().int(),
  warning: z.number().int(),
});
export type TeamMagic = z.infer<typeof TeamMagic>;
export const TeamMagicList = z.object({ items: z.array(TeamMagic) });
export type TeamMagicList = z.infer<typeof TeamMagicList>;

export const MemberView = z.object({
  userId: z.uuid(),
  name: z.string(),
  /** null: a service account has none. */
  email: z.string().nullable(),
  kind: z.enum(['person', 'service']),
  role: TeamRole,
  joinedAt: Instant,
  isYou: z.boolean(),
});
export type MemberView = z.infer<typeof MemberView>;
export const MemberList = z.object({ items: z.array(MemberView) });
export type MemberList = z.infer<typeof MemberList>;

export const MemberChange = z.strictObject({ role: TeamRole });
export type MemberChange = z.infer<typeof MemberChange>;

/** A service account never owns a team: it could not be asked. */
export const ServiceRole = z.enum(['viewer', 'member', 'admin']);

/** POST /teams/{teamId}/service-accounts */
export const ServiceAccountRequest = z.strictObject({
  name: NameText.trim().min(1).max(LONGEST_NAME),
  role: ServiceRole,
});
export type ServiceAccountRequest = z.infer<typeof ServiceAccountRequest>;
