import type { EvidenceApi } from '../provider';
import { protection } from './protection';
import { pullRequests } from './requests';

/**
 * At most 12 calls: two of protection, ten of pull requests. Issues lie elsewhere for most, and build states tell when they were
 * set, not when a build began.
 */
export const evidence: EvidenceApi = { protection, pullRequests, issues: null, checks: null };
