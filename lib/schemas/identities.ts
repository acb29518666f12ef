import * as z from 'zod';
import { Instant } from './common';

/** An identity provider that the server is set up with. */
export const ProviderView = z.object({ id: z.enum(['oidc', 'github']), name: z.string() });
export type ProviderView = z.infer<typeof ProviderView>;

/** How a provider knows the person. */
export const IdentityView = z.object({
  identityId: z.uuid(),
  /** Name of the provider; its address when the server is no longer set up with it. */
  provider: z.string(),
  label: z.string(),
  connectedAt: Instant,
});
export type IdentityView = z.infer<typeof IdentityView>;

/** GET /me/identities */
export const IdentityList = z.object({
  items: z.array(IdentityView),
  /** What more can be connected. */
  providers: z.array(ProviderView),
  hasPassword: z.boolean(),
});
export type IdentityList = z.infer<typeof IdentityList>;
