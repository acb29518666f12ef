import { access } from './en/access';
import { apiDocs } from './en/api-docs';
import { audit } from './en/audit';
import { auditLog } from './en/audit-log';
import { audits } from './en/audits';
import { auth } from './en/auth';
import { cluster } from './en/cluster';
import { common } from './en/common';
import { compare } from './en/compare';
import { components } from './en/components';
import { configuration } from './en/configuration';
import { dependencies } from './en/dependencies';
import { errors } from './en/errors';
import { exports } from './en/exports';
import { findings } from './en/findings';
import { gate } from './en/gate';
import { hosts } from './en/hosts';
import { hotspots } from './en/hotspots';
import { imports } from './en/imports';
import { magic } from './en/magic';
import { mail } from './en/mail';
import { notEvaluated } from './en/not-evaluated';
import { notifications } from './en/notifications';
import { operations } from './en/operations';
import { ownRules } from './en/own-rules';
import { policy } from './en/policy';
import { project } from './en/project';
import { projects } from './en/projects';
import { pullRequests } from './en/pull-requests';
import { register } from './en/register';
import { rules } from './en/rules';
import { scaling } from './en/scaling';
import { share } from './en/share';
import { shell } from './en/shell';
import { ssh } from './en/ssh';
import { teamOverview } from './en/team-overview';
import { triage } from './en/triage';
import { webhooks } from './en/webhooks';

export const en = {
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
