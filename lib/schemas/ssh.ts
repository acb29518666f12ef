import * as z from 'zod';
import { Instant } from './common';

export const SshKeyView = z.object({
  sshKeyId: z.uuid(),
  /** One line, as Git hosts want it pasted. */
  publicKey: z.string(),
  fingerprint: z.string(),
  createdAt: Instant,
});
export type SshKeyView = z.infer<typeof SshKeyView>;

const HostKeyView = z.object({ type: z.string(), fingerprint: z.string() });

export const SshHostView = z.object({
  /** As known_hosts names it: `host` or `[host]:port`. */
  host: z.string(),
  /** published: by the host itself; waiting: nobody confirmed a key yet; changed: it shows others than those confirmed. */
  status: z.enum(['published', 'waiting', 'confirmed', 'changed']),
  keys: z.array(HostKeyView),
  /** That it showed and nobody confirmed. */
  offeredKeys: z.array(HostKeyView),
  seenAt: Instant.nullable(),
  confirmedAt: Instant.nullable(),
});
export type SshHostView = z.infer<typeof SshHostView>;
export const SshHostList = z.object({ items: z.array(SshHostView) });
export type SshHostList = z.infer<typeof SshHostList>;

/** GET /projects/{projectId}/deploy-key */
export const DeployKey = z.object({
  /** null: it has none, or is not read over ssh. */
  key: SshKeyView.nullable(),
  /** null: the project is not read over ssh. */
  host: SshHostView.nullable(),
});
export type DeployKey = z.infer<typeof DeployKey>;

/** PUT /teams/{teamId}/host-keys/{host} */
export const HostKeysConfirmation = z.strictObject({
  fingerprints: z
    .array(z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/))
    .min(1)
    .max(10)
    .describe('Of all keys the host shows, as its administrator told you'),
});
export type HostKeysConfirmation = z.infer<typeof HostKeysConfirmation>;
