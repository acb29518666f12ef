import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose rows the work under way may see and change. */
interface Scope {
  teamIds: readonly string[] | 'all';
}

// Next.js loads server code in several bundles; they share one scope of a request.
const shared = globalThis as typeof globalThis & { elderScopes?: AsyncLocalStorage<Scope> };
shared.elderScopes ??= new AsyncLocalStorage<Scope>();
const scopes = shared.elderScopes;

/** The setting that row-level security reads. */
export const TENANTS_SETTING = 'elder.team_ids';

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

function runIn<Value>(teamIds: Scope['teamIds'], run: () => Promise<Value>): Promise<Value> {
  // Awaited inside: Prisma asks the database only when somebody waits for the answer.
  return scopes.run({ teamIds }, async () => await run());
}

/** What a connection says to the database: `*` outside requests, else ids of teams. */
export function tenantsNow(): string {
  const { teamIds } = scopes.getStore() ?? { teamIds: 'all' as const };
  return teamIds === 'all' ? '*' : [...teamIds].sort().join(',');
}
