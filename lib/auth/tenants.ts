import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose rows the work under way may see and change. */
interface Scope {
  teamIds: readonly string[] | 'all';
  /** Who sees their own account besides. */
  userId?: string | undefined;
}

// Next.js loads server code in several bundles; they share one scope of a request.
const shared = globalThis as typeof globalThis & {
  elderScopes?: AsyncLocalStorage<Scope>;
  /** Where nothing says whose rows are wanted. */
  elderDefaultScope?: Scope;
};
shared.elderScopes ??= new AsyncLocalStorage<Scope>();
const scopes = shared.elderScopes;

/** The settings that row-level security reads. */
export const SCOPE_SETTINGS = ['elder.team_ids', 'elder.user_id'] as const;

/** Runs a request: until it is known who asks, the rows of no team are there. */
export function asNobody<Value>(run: () => Promise<Value>): Promise<Value> {
  return runIn([], run);
}

/** From here on the request sees the rows of these teams and no others. */
export function narrowTo(teamIds: readonly string[]): void {
  const scope = scopes.getStore();
  if (scope) scope.teamIds = teamIds;
  else scopes.enterWith({ teamIds });
}

/** Runs what must look beyond the asker's teams: who they are, a team they found or join. */
export function asSystem<Value>(run: () => Promise<Value>): Promise<Value> {
  return runIn('all', run);
}

/**
 * For programs that answer nobody: workers, and what an operator runs. Whatever they ask for without saying whose it is,
 * they ask for as the product itself. A web process must not.
 */
export function actAsSystem(): void {
  shared.elderDefaultScope = { teamIds: 'all' };
}

/** Runs what somebody asks about their own account: its sessions, identities and themselves, besides their teams. */
export function asPerson<Value>(userId: string, run: () => Promise<Value>): Promise<Value> {
  return scopes.run({ ...scopeNow(), userId }, async () => await run());
}

function runIn<Value>(teamIds: Scope['teamIds'], run: () => Promise<Value>): Promise<Value> {
  // Awaited inside: Prisma asks the database only when somebody waits for the answer.
  return scopes.run({ teamIds }, async () => await run());
}

/**
 * What a connection says to the database, in the order of the settings: ids of teams, `*` for all, and a person. Nothing
 * where nobody said whose rows are wanted.
 */
export function scopeSaid(): [teams: string, person: string] {
  const { teamIds, userId = '' } = scopeNow();
  return [teamIds === 'all' ? '*' : [...teamIds].sort().join(','), userId];
}

function scopeNow(): Scope {
  return scopes.getStore() ?? shared.elderDefaultScope ?? { teamIds: [] };
}
