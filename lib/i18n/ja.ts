import { access } from './ja/access';
import { apiDocs } from './ja/api-docs';
import { audit } from './ja/audit';
import { auditLog } from './ja/audit-log';
import { audits } from './ja/audits';
import { auth } from './ja/auth';
import { cluster } from './ja/cluster';
import { common } from './ja/common';
import { compare } from './ja/compare';
import { components } from './ja/components';
import { configuration } from './ja/configuration';
import { dependencies } from './ja/dependencies';
import { errors } from './ja/errors';
import { exports } from './ja/exports';
import { findings } from './ja/findings';
import { gate } from './ja/gate';
import { hosts } from './ja/hosts';
import { hotspots } from './ja/hotspots';
import { imports } from './ja/imports';
import { magic } from './ja/magic';
import { mail } from './ja/mail';
import { notEvaluated } from './ja/not-evaluated';
import { notifications } from './ja/notifications';
import { operations } from './ja/operations';
import { ownRules } from './ja/own-rules';
import { policy } from './ja/policy';
import { project } from './ja/project';
import { projects } from './ja/projects';
import { pullRequests } from './ja/pull-requests';
import { register } from './ja/register';
import { rules } from './ja/rules';
import { scaling } from './ja/scaling';
import { share } from './ja/share';
import { shell } from './ja/shell';
import { ssh } from './ja/ssh';
import { teamOverview } from './ja/team-overview';
import { triage } from './ja/triage';
import { webhooks } from './ja/webhooks';
import type { Messages } from './messages';

export const ja: Messages = {
  access,
  apiDocs,
  audit,
  auditLog,
  audits,
  auth,
  cluster,
  common,
  compare,
  components,
  configuration,
  dependencies,
  errors,
  exports,
  findings,
  gate,
  hosts,
  hotspots,
  imports,
  magic,
  mail,
  notEvaluated,
  notifications,
  operations,
  ownRules,
  policy,
  project,
  projects,
  pullRequests,
  register,
  rules,
  scaling,
  share,
  shell,
  ssh,
  teamOverview,
  triage,
  webhooks,
};
