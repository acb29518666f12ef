import * as z from 'zod';
import { LANGUAGES } from '@/lib/magics/types';
import { Instant, NameText } from './common';
import { LONGEST_NAME, TeamRole, TeamView } from './teams';
import { NewPassword } from './users';

/** POST /teams/{teamId}/invitations */
export const InvitationRequest = z.strictObject({
  email: z.email().max(254),
  role: TeamRole,
  language: z.enum(LANGUAGES).optional().describe('Of the message; else the one you chose, else English'),
});
export type InvitationRequest = z.infer<typeof InvitationRequest>;

export const InvitationView = z.object({
  invitationId: z.uuid(),
  email: z.string(),
  role: TeamRole,
  invitedBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type InvitationView = z.infer<typeof InvitationView>;
export const InvitationList = z.object({ items: z.array(InvitationView) });
export type InvitationList = z.infer<typeof InvitationList>;

/** The link is shown this once, and only where the server sends no mail. */
export const InvitationCreated = InvitationView.extend({
  link: z.url().nullable().describe('null: it is in the mail alone'),
  mailed: z.boolean().nullable().describe('Whether the link was mailed to the address; null: the server sends no mail'),
});
export type InvitationCreated = z.infer<typeof InvitationCreated>;

/** What the holder of a link sees of it. */
export const OpenInvitation = z.object({
  teamName: z.string(),
  email: z.string(),
  role: TeamRole,
  expiresAt: Instant,
  /** `invited`: signed in with the address that was invited; `other`: with another one. */
  asker: z.enum(['nobody', 'invited', 'other']),
});
export type OpenInvitation = z.infer<typeof OpenInvitation>;

/** POST /invitations/{token}/sign-up */
export const SignUpRequest = z.strictObject({
  name: NameText.trim().min(1).max(LONGEST_NAME),
  password: NewPassword,
  language: z.enum(LANGUAGES).optional(),
});
export type SignUpRequest = z.infer<typeof SignUpRequest>;

/** The team one is in now. */
export const InvitationAccepted = TeamView;
export type InvitationAccepted = z.infer<typeof InvitationAccepted>;
