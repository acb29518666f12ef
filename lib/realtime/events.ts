import * as z from 'zod';
import { MAGIC_IDS, SEVERITIES } from '@/lib/magics/types';
import { AuditProgress, MagicCard } from '@/lib/schemas/audits';

/** Client → server: join the room of a project; the same permission as its page. */
export const SubscribeUpdates = z.object({ projectId: z.uuid() });
/** Client → server: join the room of a team, for lists. */
export const SubscribeTeam = z.object({ teamId: z.uuid() });
/** Client → server: leave a room again. */
export const Unsubscribe = z.union([SubscribeUpdates, SubscribeTeam]);
/** Client → server: only these magics and severities from now on. */
export const UpdateFilter = z.object({
  magics: z.array(z.enum(MAGIC_IDS)).max(8).optional(),
  severities: z.array(z.enum(SEVERITIES)).max(5).optional(),
});
export type UpdateFilter = z.infer<typeof UpdateFilter>;

/** Server → client, numbered per audit. A gap in `sequence` means: read the state again. */
export const AuditUpdate = z.object({
  projectId: z.string(),
  teamId: z.string(),
  auditId: z.string(),
  number: z.number(),
  sequence: z.number(),
  progress: AuditProgress,
  /** The magic this update is about, when it is about one. */
  magic: MagicCard.nullable(),
});
export type AuditUpdate = z.infer<typeof AuditUpdate>;

export const AuditCompleted = AuditUpdate.omit({ magic: true }).extend({
  healthScore: z.number().nullable(),
  gate: z.enum(['passed', 'warning', 'failed']).nullable(),
  resultHash: z.string().nullable(),
});
export type AuditCompleted = z.infer<typeof AuditCompleted>;

/** Server → client: somebody judged, assigned or discussed findings of the project. */
export const FindingsChanged = z.object({ projectId: z.string(), teamId: z.string() });
export type FindingsChanged = z.infer<typeof FindingsChanged>;

/** Server → client: a Git host told something of the project, or it was looked into. */
export const WebhookChanged = z.object({ projectId: z.string(), teamId: z.string() });
export type WebhookChanged = z.infer<typeof WebhookChanged>;

export interface ServerEvents {
  audit_update: (event: AuditUpdate) => void;
  audit_completed: (event: AuditCompleted) => void;
  findings_changed: (event: FindingsChanged) => void;
  webhook_changed: (event: WebhookChanged) => void;
}

type Answer = (result: { ok: true } | { ok: false; code: string }) => void;

export interface ClientEvents {
  subscribe_updates: (request: z.infer<typeof SubscribeUpdates>, answer?: Answer) => void;
  subscribe_team: (request: z.infer<typeof SubscribeTeam>, answer?: Answer) => void;
  unsubscribe: (request: z.infer<typeof Unsubscribe>, answer?: Answer) => void;
  filter: (request: z.infer<typeof UpdateFilter>, answer?: Answer) => void;
}

export const projectRoom = (projectId: string) => `project:${projectId}`;
export const teamRoom = (teamId: string) => `team:${teamId}`;
