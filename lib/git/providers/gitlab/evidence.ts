import type { EvidenceApi } from '../provider';
import { checks } from './checks';
import { issues } from './issues';
import { protection } from './protection';
import { pullRequests } from './requests';

/** At most 22 calls: five of protection, ten of merge requests, six of issues, one of pipelines. */
export const evidence: EvidenceApi = { protection, pullRequests, issues, checks };
