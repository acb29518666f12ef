import * as z from 'zod';
import { Instant, NameText, PlainText } from './common';
import { LONGEST_NAME } from './teams';

export const GIT_HOSTS = [
  'github',
  'gitlab',
  'bitbucket_cloud',
  'bitbucket_data_center',
  'azure_devops',
  'gitea',
] as const;
export const GitHost = z.enum(GIT_HOSTS);
export type GitHost = z.infer<typeof GitHost>;

const Name = NameText.trim().min(1).max(LONGEST_NAME);
const BaseUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .describe('Of the host’s web pages, as https://git.example.com; of the public host unless given');
const Token = z
  .string()
  .trim()
  .min(1)
  .max(4_000)
  .regex(/^[\x21-\x7e]+$/, 'a token has neither spaces nor letters beyond ASCII')
  .describe('Kept sealed, and never shown again');

/** POST /teams/{teamId}/connections */
export const ConnectionRequest = z.strictObject({
  provider: GitHost,
  baseUrl: BaseUrl.optional(),
  name: Name.optional().describe('The host and whose account it is, unless given'),
  token: Token,
  username: PlainText.trim().min(1).max(200).optional().describe('Where the host asks for one beside the token'),
});
export type ConnectionRequest = z.infer<typeof ConnectionRequest>;

/** PATCH /teams/{teamId}/connections/{connectionId} */
export const ConnectionChange = z
  .strictObject({ name: Name.optional(), token: Token.optional(), username: ConnectionRequest.shape.username })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'name what is to change');
export type ConnectionChange = z.infer<typeof ConnectionChange>;

export const ConnectionView = z.object({
  connectionId: z.uuid(),
  provider: GitHost,
  name: z.string(),
  baseUrl: z.string(),
  kind: z.enum(['token', 'app']),
  account: z.string().nullable().describe('Whose it is, as the host calls them'),
  scopes: z.array(z.string()),
  missingScopes: z.array(z.string()).describe('What the token lacks to read repositories'),
  status: z.enum(['connected', 'reconnect', 'suspended']),
  problem: z.string().nullable().describe('Code of what the host last answered with, where that was a refusal'),
  expiresAt: Instant.nullable(),
  checkedAt: Instant.nullable(),
  projects: z.number().int().describe('Projects that are read with it'),
  canManage: z.boolean(),
});
export type ConnectionView = z.infer<typeof ConnectionView>;
export const ConnectionList = z.object({
  items: z.array(ConnectionView),
  apps: z.array(z.object({ appId: z.uuid(), name: z.string(), baseUrl: z.string() })),
});
export type ConnectionList = z.infer<typeof ConnectionList>;

const Cursor = PlainText.max(200).optional().describe('`nextCursor` of the page before');
export const OwnerFilter = z.object({ cursor: Cursor });
export const OwnerPage = z.object({
  items: z.array(z.object({ path: z.string(), name: z.string(), kind: z.enum(['user', 'organisation']) })),
  nextCursor: z.string().nullable(),
});
export type OwnerPage = z.infer<typeof OwnerPage>;

const YesNo = z.enum(['true', 'false']).transform((value) => value === 'true');
export const HostRepositoryFilter = z.object({
  cursor: Cursor,
  search: PlainText.max(200).optional().describe('Part of a name'),
  archived: YesNo.optional().describe('With those that are archived; else without'),
  forks: YesNo.optional().describe('With forks; else without'),
});
export type HostRepositoryFilter = z.infer<typeof HostRepositoryFilter>;
export const HostRepository = z.object({
  path: z.string(),
  isPrivate: z.boolean(),
  isArchived: z.boolean(),
  isFork: z.boolean(),
  isEmpty: z.boolean(),
  sizeBytes: z.number().nullable(),
  pushedAt: Instant.nullable(),
  project: z.object({ projectId: z.uuid(), projectName: z.string() }).nullable().describe('Where it is registered'),
});
export const HostRepositoryPage = z.object({ items: z.array(HostRepository), nextCursor: z.string().nullable() });
export type HostRepositoryPage = z.infer<typeof HostRepositoryPage>;

export const MOST_IMPORTED = 50;
/** POST /teams/{teamId}/projects/import */
export const ProjectImport = z.strictObject({
  connectionId: z.uuid(),
  repositories: z.array(PlainText.min(1).max(500)).min(1).max(MOST_IMPORTED).describe('Paths, as owner/name'),
});
export type ProjectImport = z.infer<typeof ProjectImport>;
export const ImportOutcome = z.object({
  path: z.string(),
  outcome: z.enum(['created', 'exists', 'refused', 'not_reached']),
  projectId: z.uuid().nullable(),
  code: z.string().nullable().describe('Why it was refused'),
});
export type ImportOutcome = z.infer<typeof ImportOutcome>;
export const ProjectsImported = z.object({ items: z.array(ImportOutcome) });
export type ProjectsImported = z.infer<typeof ProjectsImported>;

/** PUT /teams/{teamId}/projects/file */
export const ProjectsFileRequest = z.strictObject({
  file: z.string().min(1).max(256_000).describe('YAML or JSON: `projects`, a list of `repository` and more'),
  dryRun: z.boolean().default(false).describe('Only says what would happen'),
});
export type ProjectsFileRequest = z.infer<typeof ProjectsFileRequest>;
export const ProjectsFileLine = z.object({
  line: z.number().int().nullable().describe('Of the file; null: it is in it no more'),
  repository: z.string(),
  outcome: z.enum(['created', 'changed', 'unchanged', 'removed', 'refused', 'not_reached']),
  projectId: z.uuid().nullable(),
  code: z.string().nullable(),
  problem: z.string().nullable().describe('For people who read logs'),
});
export type ProjectsFileLine = z.infer<typeof ProjectsFileLine>;
export const ProjectsFileResult = z.object({
  isDryRun: z.boolean(),
  items: z.array(ProjectsFileLine),
});
export type ProjectsFileResult = z.infer<typeof ProjectsFileResult>;
