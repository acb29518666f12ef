import type { OwnRuleDraft } from './own-rule-draft';

/** Languages with a grammar; names are the same in every language. */
export const RULE_LANGUAGES: readonly { value: OwnRuleDraft['language']; name: string }[] = [
  { value: 'typescript', name: 'TypeScript' },
  { value: 'tsx', name: 'TSX' },
  { value: 'javascript', name: 'JavaScript' },
  { value: 'python', name: 'Python' },
  { value: 'go', name: 'Go' },
  { value: 'java', name: 'Java' },
  { value: 'kotlin', name: 'Kotlin' },
  { value: 'rust', name: 'Rust' },
  { value: 'c', name: 'C' },
  { value: 'cpp', name: 'C++' },
  { value: 'csharp', name: 'C#' },
  { value: 'ruby', name: 'Ruby' },
  { value: 'php', name: 'PHP' },
  { value: 'bash', name: 'Shell' },
];
