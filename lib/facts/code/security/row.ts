import type { SecurityForm } from '../../languages/security/types';

/** A flaw at a node, before it becomes a row. */
export interface FoundFlaw {
  form: SecurityForm;
  callee: string;
  node: number;
}
