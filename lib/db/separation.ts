import { query } from './client';

/**
 * How far the role of this process is from the owner of the tables. `login`: it cannot become the owner. `role`: it took a
 * role that owns nothing and could give it back. `none`: it is the owner, or goes past row-level security.
 */
export type Separation = 'login' | 'role' | 'none';

interface Powers {
  goesPast: boolean;
  isOwner: boolean;
  canBecome: boolean;
}

export async function findSeparation(): Promise<Separation> {
  const [powers] = await query<Powers>`
    select
      (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as "goesPast",
      bool_or(pg_has_role(current_user, c.relowner, 'USAGE')) as "isOwner",
      bool_or(pg_has_role(session_user, c.relowner, 'MEMBER'))
        or (select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = session_user) as "canBecome"
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;
  if (!powers || powers.goesPast || powers.isOwner) return 'none';
  return powers.canBecome ? 'role' : 'login';
}
