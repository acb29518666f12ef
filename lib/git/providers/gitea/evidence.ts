import type { EvidenceApi } from '../provider';
import { issues } from './issues';
import { protection } from './protection';
import { pullRequests } from './requests';

/**
 * At most 40 calls: two of protection, four of pull requests, thirty of their reviews, four of issues. Commit statuses tell when
 * they were set, and not when what they speak of began.
 */
export const evidence: EvidenceApi = { protection, pullRequests, issues, checks: null };
