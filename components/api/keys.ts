import type { MagicId } from '@/lib/magics/types';

/** Names of what is kept in React Query. Live updates find their data by these. */
export const queryKeys = {
  members: (teamId: string) => ['members', teamId] as const,
  invitations: (teamId: string) => ['invitations', teamId] as const,
  tokens: (teamId: string) => ['tokens', teamId] as const,
  sessions: ['sessions'] as const,
  identities: ['identities'] as const,
  portfolio: ['portfolio'] as const,
  portfolioOf: (teamId: string, filter: object) => ['portfolio', teamId, filter] as const,
  overview: (projectId: string) => ['overview', projectId] as const,
  audits: ['audits'] as const,
  auditsOf: (scope: object) => ['audits', scope] as const,
  auditLogOf: (teamId: string, action: string | null) => ['audit-log', teamId, action] as const,
  audit: (auditId: string) => ['audit', auditId] as const,
  findings: (projectId: string) => ['findings', projectId] as const,
  findingsOf: (projectId: string, filter: object) => ['findings', projectId, filter] as const,
  suppressions: (auditId: string) => ['suppressions', auditId] as const,
  code: (findingId: string) => ['code', findingId] as const,
  patch: (findingId: string) => ['patch', findingId] as const,
  magic: (projectId: string, magic: MagicId) => ['magic', projectId, magic] as const,
  magics: (projectId: string) => ['magic', projectId] as const,
  hotspots: (projectId: string) => ['hotspots', projectId] as const,
  unreadFiles: (projectId: string) => ['unread-files', projectId] as const,
  components: (projectId: string) => ['components', projectId] as const,
  dependencies: (projectId: string) => ['dependencies', projectId] as const,
  dependenciesOf: (projectId: string, filter: object) => ['dependencies', projectId, filter] as const,
};
