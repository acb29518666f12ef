import { counted } from '../counted';

export const teamOverview = {
  title: 'Team overview',
  projects: 'Lowest health first',
  allProjects: 'All projects',
  noProjects: 'No repositories yet. Register one to start its first audit.',
  register: 'Register repository',
  list: 'Projects with the lowest health',
  magics: 'Magics over all projects',
  magicsAbout: 'mean of the projects that have a score',
  magicsList: 'Mean score of each magic',
  noMagics: 'No project has been judged yet.',
  judged: (count: string) => `${counted(count, 'project', 'projects')} judged`,
  failed: (count: string) => `${count} failed`,
  warning: (count: string) => `${count} with a warning`,
  people: 'Members and access',
  manage: 'Members',
  roles: 'Members by role',
  invitations: (count: string) => `${counted(count, 'invitation', 'invitations')} open`,
  tokens: (count: string) => counted(count, 'live API token', 'live API tokens'),
  nextToken: (name: string, when: string) => `“${name}” expires ${when}`,
};
