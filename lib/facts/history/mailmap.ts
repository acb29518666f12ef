export interface Identity {
  name: string;
  email: string;
}

const ENTRY = /^([^<]*)<([^>]*)>\s*(?:([^<]*)<([^>]*)>)?/;
const MAX_ENTRIES = 20_000;

/** Reads `.mailmap` into a function from the identity a commit names to the one it stands for. */
export function parseMailmap(text: string): (identity: Identity) => Identity {
  const byEmail = new Map<string, Partial<Identity>>();
  const byNameAndEmail = new Map<string, Partial<Identity>>();
  for (const line of text.split('\n', MAX_ENTRIES)) {
    const found = line.startsWith('#') ? null : ENTRY.exec(line);
    if (!found) continue;
    const [, properName = '', properEmail = '', commitName = '', commitEmail] = found.map((part) => part?.trim());
    const to = {
      ...(properName && { name: properName }),
      ...(commitEmail !== undefined && { email: properEmail }),
    };
    const from = (commitEmail ?? properEmail).toLowerCase();
    if (commitName) byNameAndEmail.set(keyOf(commitName, from), to);
    else byEmail.set(from, { ...byEmail.get(from), ...to });
  }
  return (identity) => {
    const email = identity.email.toLowerCase();
    return { ...identity, ...(byNameAndEmail.get(keyOf(identity.name, email)) ?? byEmail.get(email)) };
  };
}

function keyOf(name: string, email: string): string {
  return `${name.toLowerCase()}\n${email}`;
}
