import type { EvidenceApi } from '../provider';
import { protection } from './protection';
import { pullRequests } from './requests';

/** At most 12 calls: two of protection, ten of pull requests. The host has no issues, and tells of builds when they ended alone. */
export const evidence: EvidenceApi = { protection, pullRequests, issues: null, checks: null };
