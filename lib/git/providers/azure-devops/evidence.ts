import type { EvidenceApi } from '../provider';
import { protection } from './protection';
import { pullRequests } from './requests';

/** At most 12 calls: two of protection, ten of pull requests. Work items and pipelines belong to projects, not to repositories. */
export const evidence: EvidenceApi = { protection, pullRequests, issues: null, checks: null };
