import type { Sentence } from '@/lib/schemas/common';

/** What came of a delivery, or of one of its changes. */
export interface Outcome {
  /** ignored: there was nothing to do. */
  status: 'processed' | 'ignored' | 'failed';
  /** Of the sentence that says so. */
  id: string;
  data?: Sentence['data'];
  auditId?: string | undefined;
  /** The audit was made for it, so pages hear of it. */
  isNewAudit?: boolean;
  /** Branch of which an audit waits: further pushes to it can join. */
  waitsOn?: string;
  /** A pull request that was closed: what is under way for it ends. */
  closed?: string;
}
