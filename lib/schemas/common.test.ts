import { expect, test } from 'vitest';
import { ManualAuditRequest } from './audits';
import { FindingFilter } from './findings';
import { ProjectFilter, ProjectRequest } from './projects';
import { SetupRequest } from './users';

const setup = { token: 'token-token', email: 'a@example.com', name: 'A', teamName: 'T', password: 'long enough' };
const project = { repositoryUrl: 'https://example.com/a/b' };

test.each(['a\u0000b', 'a\nb', 'a\u001b[31m', 'a\ud800'])('text fields refuse %j', (text) => {
  const answers = [
    ...['search', 'path', 'rule', 'magic', 'severity', 'state', 'cursor'].map((name) =>
      FindingFilter.safeParse({ [name]: text }),
    ),
    ProjectFilter.safeParse({ search: text }),
    ProjectRequest.safeParse({ ...project, projectName: text }),
    ProjectRequest.safeParse({ ...project, branch: text }),
    ManualAuditRequest.safeParse({ branch: text }),
    SetupRequest.safeParse({ ...setup, name: text }),
    SetupRequest.safeParse({ ...setup, teamName: text }),
  ];

  expect(answers.map(({ success }) => success)).toEqual(answers.map(() => false));
});

test('text fields take any language', () => {
  const projectName = '古代の長老 – é 😀';

  expect(ProjectRequest.parse({ ...project, projectName })).toMatchObject({ projectName });
  expect(SetupRequest.safeParse(setup).success).toBe(true);
});
