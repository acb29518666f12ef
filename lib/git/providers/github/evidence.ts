import type { EvidenceApi } from '../provider';
import { checks } from './checks';
import { issues } from './issues';
import { protection } from './protection';
import { pullRequests } from './requests';

/** At most 19 calls: one or two of protection, ten of pull requests, six of issues, one of checks. */
export const evidence: EvidenceApi = { protection, pullRequests, issues, checks };
