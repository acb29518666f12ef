/** Programming languages as people choose them, and what the parsers call them; names are the same in every language. */
export const LANGUAGE_NAMES = [
  { id: 'typescript', name: 'TypeScript', ids: ['typescript', 'tsx'] },
  { id: 'javascript', name: 'JavaScript', ids: ['javascript'] },
  { id: 'python', name: 'Python', ids: ['python'] },
  { id: 'go', name: 'Go', ids: ['go'] },
  { id: 'java', name: 'Java', ids: ['java'] },
  { id: 'kotlin', name: 'Kotlin', ids: ['kotlin'] },
  { id: 'rust', name: 'Rust', ids: ['rust'] },
  { id: 'c', name: 'C', ids: ['c'] },
  { id: 'cpp', name: 'C++', ids: ['cpp'] },
  { id: 'csharp', name: 'C#', ids: ['csharp'] },
  { id: 'ruby', name: 'Ruby', ids: ['ruby'] },
  { id: 'php', name: 'PHP', ids: ['php'] },
  { id: 'bash', name: 'Shell', ids: ['bash'] },
] as const satisfies readonly { id: string; name: string; ids: readonly string[] }[];
export type LanguageName = (typeof LANGUAGE_NAMES)[number]['id'];

/** Names of what the parsers know, each once. */
export function languageNames(ids: readonly string[]): string[] {
  return LANGUAGE_NAMES.filter((language) => language.ids.some((id) => ids.includes(id))).map(({ name }) => name);
}
