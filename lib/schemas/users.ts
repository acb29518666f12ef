import * as z from 'zod';
import { LANGUAGES } from '@/lib/magics/types';
import { Instant, NameText } from './common';
import { TokenScope } from './tokens';

export const PASSWORD_LENGTH = { min: 8, max: 256 } as const;
export const NewPassword = z.string().min(PASSWORD_LENGTH.min).max(PASSWORD_LENGTH.max);

/** POST /setup: the first owner, with the one-time link printed at start. */
export const SetupRequest = z.strictObject({
  token: z.string().min(8).max(200).describe('From the link printed at start'),
  email: z.email().max(254),
  name: NameText.trim().min(1).max(120),
  teamName: NameText.trim().min(1).max(120),
  password: NewPassword,
  language: z.enum(LANGUAGES).optional(),
});
export type SetupRequest = z.infer<typeof SetupRequest>;

/** `projectId`: the repository named when the product was started, now registered. */
export const SetupResponse = z.object({ userId: z.uuid(), teamId: z.uuid(), projectId: z.uuid().nullable() });

const THEMES = ['system', 'light', 'dark'] as const;

/** PATCH /me */
export const PreferencesRequest = z.strictObject({
  name: NameText.trim().min(1).max(120).optional(),
  language: z.enum(LANGUAGES).optional(),
  theme: z.enum(THEMES).optional(),
});
export type PreferencesRequest = z.infer<typeof PreferencesRequest>;

/** GET /me */
export const MeView = z.object({
  userId: z.uuid(),
  name: z.string(),
  email: z.string(),
  /** null: not chosen; the browser's is used. */
  language: z.enum(LANGUAGES).nullable(),
  theme: z.enum(THEMES).nullable(),
  teams: z.array(
    z.object({ teamId: z.uuid(), teamName: z.string(), role: z.enum(['viewer', 'member', 'admin', 'owner']) }),
  ),
  token: z
    .object({ name: z.string(), scopes: z.array(TokenScope), expiresAt: Instant.nullable() })
    .nullable()
    .describe('The token that asks; null in a browser. One without an end was made when the product was set up'),
});
export type MeView = z.infer<typeof MeView>;

/** POST /me/password */
export const PasswordChange = z.strictObject({
  currentPassword: z.string().min(1).max(PASSWORD_LENGTH.max),
  newPassword: NewPassword,
});
export type PasswordChange = z.infer<typeof PasswordChange>;

/** A browser that is signed in. */
export const SessionView = z.object({
  sessionId: z.uuid(),
  /** As in "Firefox, Linux"; null when the browser did not say. */
  browser: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: Instant,
  /** To the minute. */
  lastSeenAt: Instant.nullable(),
  expiresAt: Instant,
  isCurrent: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;
export const SessionList = z.object({ items: z.array(SessionView) });
export type SessionList = z.infer<typeof SessionList>;

/** A one-time link to choose a new password, shown this once. */
export const PasswordResetCreated = z.object({ link: z.url(), expiresAt: Instant });
export type PasswordResetCreated = z.infer<typeof PasswordResetCreated>;

/** POST /password-resets */
export const PasswordMailRequest = z.strictObject({
  email: z.email().max(254),
  language: z.enum(LANGUAGES).optional().describe('Of the message, where the person chose none'),
});
export type PasswordMailRequest = z.infer<typeof PasswordMailRequest>;

/** The same for every address. */
export const PasswordMailAnswer = z.object({
  isMailSetUp: z.boolean().describe('false: the server sends no mail; ask an owner of the team or whoever runs it'),
});
export type PasswordMailAnswer = z.infer<typeof PasswordMailAnswer>;

/** What the holder of such a link sees. */
export const OpenPasswordReset = z.object({ email: z.string(), expiresAt: Instant });
export type OpenPasswordReset = z.infer<typeof OpenPasswordReset>;

/** POST /password-resets/{token} */
export const PasswordResetRequest = z.strictObject({ password: NewPassword });
export type PasswordResetRequest = z.infer<typeof PasswordResetRequest>;
