import { compareText } from '@/lib/magics/hash';

export interface Aliases {
  /** Commits of a person. */
  add(name: string, email: string, commits?: number): void;
  /** The address a person commits under most often. */
  mainOf(email: string): string;
  /** People, each counted once. */
  size(): number;
}

/** A given name or an account name may belong to several people. */
const isFullName = (name: string) => /^\p{L}[\p{L}.'’-]*(?:\s+\p{L}[\p{L}.'’-]*)+$|^\p{Script=Han}{3,}$/u.test(name);

/** Addresses used under one full name belong to one person. The order of calls does not matter. */
export function createAliases(): Aliases {
  const commits = new Map<string, number>();
  const byName = new Map<string, Set<string>>();
  let mains: Map<string, string> | null = null;

  const settle = (): Map<string, string> => {
    const parents = new Map<string, string>();
    const rootOf = (email: string): string => {
      let root = email;
      for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
      return root;
    };
    const isBefore = (a: string, b: string) => (commits.get(b) ?? 0) - (commits.get(a) ?? 0) || compareText(a, b);
    for (const emails of byName.values()) {
      const [first, ...others] = [...emails].map(rootOf).sort(isBefore);
      for (const other of others)
        if (first !== undefined && rootOf(other) !== rootOf(first)) parents.set(rootOf(other), rootOf(first));
    }
    const groups = new Map<string, string[]>();
    for (const email of commits.keys()) groups.set(rootOf(email), [...(groups.get(rootOf(email)) ?? []), email]);
    const found = new Map<string, string>();
    for (const emails of groups.values()) {
      const main = emails.sort(isBefore)[0] ?? '';
      for (const email of emails) found.set(email, main);
    }
    return found;
  };

  return {
    add(name, email, more = 1) {
      mains = null;
      commits.set(email, (commits.get(email) ?? 0) + more);
      if (!isFullName(name)) return;
      const key = name.toLowerCase().replace(/\s+/g, ' ');
      const known = byName.get(key);
      if (known) known.add(email);
      else byName.set(key, new Set([email]));
    },
    mainOf(email) {
      mains ??= settle();
      return mains.get(email) ?? email;
    },
    size() {
      mains ??= settle();
      return new Set(mains.values()).size;
    },
  };
}
