import * as z from 'zod';
import { Instant, NameText } from './common';
import { LONGEST_NAME } from './teams';

export const TOKEN_SCOPES = ['read', 'write', 'admin'] as const;
export const TokenScope = z.enum(TOKEN_SCOPES);
export type TokenScope = z.infer<typeof TokenScope>;
export const MAX_TOKEN_DAYS = 366;

/** POST /teams/{teamId}/tokens */
export const TokenRequest = z.strictObject({
  name: NameText.trim().min(1).max(LONGEST_NAME),
  scopes: z.array(TokenScope).min(1).max(TOKEN_SCOPES.length),
  expiresInDays: z.number().int().min(1).max(MAX_TOKEN_DAYS),
  serviceAccountId: z.uuid().optional().describe('Whose token it is; without it yours'),
});
export type TokenRequest = z.infer<typeof TokenRequest>;

export const TokenView = z.object({
  tokenId: z.uuid(),
  name: z.string(),
  /** How the value begins; null of old ones. */
  start: z.string().nullable(),
  scopes: z.array(TokenScope),
  holder: z.object({ userId: z.uuid(), name: z.string(), kind: z.enum(['person', 'service']), isYou: z.boolean() }),
  createdAt: Instant,
  /** null of tokens that were made when the product was set up. */
  expiresAt: Instant.nullable(),
  isExpired: z.boolean(),
  /** To the minute. */
  lastUsedAt: Instant.nullable(),
});
export type TokenView = z.infer<typeof TokenView>;
export const TokenList = z.object({ items: z.array(TokenView) });
export type TokenList = z.infer<typeof TokenList>;

/** The value is shown this once. */
export const TokenCreated = TokenView.extend({ value: z.string() });
export type TokenCreated = z.infer<typeof TokenCreated>;
