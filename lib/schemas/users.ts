import { z } from 'zod';
import { LANGUAGES } from '@/lib/magics/types';
import { PlainText } from './common';

export const PASSWORD_LENGTH = { min: 8, max: 256 } as const;

/** POST /setup: the first owner, with the one-time link printed at start. */
export const SetupRequest = z.object({
  token: z.string().min(8).max(200).describe('From the link printed at start'),
  email: z.email().max(254),
  name: PlainText.trim().min(1).max(120),
  teamName: PlainText.trim().min(1).max(120),
  password: z.string().min(PASSWORD_LENGTH.min).max(PASSWORD_LENGTH.max),
  language: z.enum(LANGUAGES).optional(),
});
export type SetupRequest = z.infer<typeof SetupRequest>;

/** `projectId`: the repository named when the product was started, now registered. */
export const SetupResponse = z.object({ userId: z.uuid(), teamId: z.uuid(), projectId: z.uuid().nullable() });

const THEMES = ['system', 'light', 'dark'] as const;

/** PATCH /me */
export const PreferencesRequest = z.object({
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
});
export type MeView = z.infer<typeof MeView>;
