import { createRoute, z } from '@hono/zod-openapi';
import { InboxCounts, InboxFilter, InboxPage, TriagedFinding } from '@/lib/schemas/findings';
import {
  AssigneeList,
  BaselineRequest,
  BulkTriageRequest,
  CommentList,
  CommentRequest,
  CommentView,
  FindingHistory,
  OriginView,
  TriageChange,
  TriageRequest,
  UndoRequest,
} from '@/lib/schemas/triage';
import { listAssignees } from '@/lib/services/assignees';
import { acceptBaseline } from '@/lib/services/baseline';
import { changeComment, createComment, deleteComment, listComments } from '@/lib/services/finding-comments';
import { listFindingHistory } from '@/lib/services/finding-history';
import { getFindingOrigin } from '@/lib/services/finding-origin';
import { getFinding } from '@/lib/services/findings';
import { getInboxCounts, listInbox } from '@/lib/services/inbox';
import { triageFinding, triageFindings, undoChange } from '@/lib/services/triage';
import { api, body, FindingParams, json, ProjectParams, problems, REPOSITORY_PROBLEMS, security } from './api';

const tags = ['Findings'];
const TAKES_MEMBER = 'Takes the role member; a token needs the scope write.';
const VERDICT = {
  verdict: 'accepted',
  reason: 'Behind the firewall until the move in May',
  until: '2027-05-31',
} as const;
const WRITES = ['unauthenticated', 'forbidden', 'not_found', 'invalid_request', 'payload_too_large'] as const;
const CommentParams = FindingParams.extend({ commentId: z.uuid().describe('From the list of comments') });

export const findings = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/inbox',
      summary: 'Findings of all projects that wait for somebody',
      tags,
      security,
      request: { query: InboxFilter },
      responses: { 200: json(InboxPage), ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request') },
    }),
    async (c) => c.json(await listInbox(c.var.ctx, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/inbox/counts',
      summary: 'How many findings wait for somebody',
      tags,
      security,
      request: { query: InboxFilter.pick({ teamId: true }) },
      responses: {
        200: json(InboxCounts),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await getInboxCounts(c.var.ctx, c.req.valid('query').teamId), 200),
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/findings/{findingId}',
      summary: 'Give a finding a verdict, or assign it',
      description: `A finding with a verdict in force is not open; the next audit leaves it out of the score. ${TAKES_MEMBER}`,
      tags,
      security,
      request: { params: FindingParams, body: body(TriageRequest, VERDICT) },
      responses: { 200: json(TriagedFinding), ...problems(...WRITES) },
    }),
    async (c) => {
      const { findingId } = c.req.valid('param');
      const changeId = await triageFinding(c.var.ctx, findingId, c.req.valid('json'));
      return c.json({ ...(await getFinding(c.var.ctx, findingId)), changeId }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/findings/bulk',
      summary: 'Give many findings a verdict, or assign them',
      description: `At most a thousand, by their ids or by a filter of one project: all of them or none. ${TAKES_MEMBER}`,
      tags,
      security,
      request: { body: body(BulkTriageRequest, { findingIds: ['0193a0de-0000-7000-8000-000000000001'], ...VERDICT }) },
      responses: { 200: json(TriageChange), ...problems(...WRITES, 'unprocessable') },
    }),
    async (c) => c.json(await triageFindings(c.var.ctx, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/findings/undo',
      summary: 'Take a change of findings back',
      description: `What was changed again since stays as it is. ${TAKES_MEMBER}`,
      tags,
      security,
      request: { body: body(UndoRequest, { changeId: '0193a0de-0000-7000-8000-000000000002' }) },
      responses: { 200: json(TriageChange), ...problems(...WRITES) },
    }),
    async (c) => c.json(await undoChange(c.var.ctx, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/projects/{projectId}/baseline',
      summary: 'Accept all open findings of a project at once',
      description: `So that an old repository begins with what is new. Taken back as one change. ${TAKES_MEMBER}`,
      tags,
      security,
      request: {
        params: ProjectParams,
        body: body(BaselineRequest, { reason: 'Adopted as it was in May', until: '2027-05-31' }),
      },
      responses: { 200: json(TriageChange), ...problems(...WRITES) },
    }),
    async (c) => c.json(await acceptBaseline(c.var.ctx, c.req.valid('param').projectId, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/projects/{projectId}/assignees',
      summary: 'To whom findings of a project can be assigned',
      tags,
      security,
      request: { params: ProjectParams },
      responses: {
        200: json(AssigneeList),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listAssignees(c.var.ctx, c.req.valid('param').projectId), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/findings/{findingId}/origin',
      summary: 'The commit a finding came with, and who owns its file',
      description: 'By CODEOWNERS of the audited commit, else by the last change of its line.',
      tags,
      security,
      request: { params: FindingParams },
      responses: {
        200: json(OriginView),
        ...problems(
          'unauthenticated',
          'forbidden',
          'not_found',
          'invalid_request',
          'overloaded',
          'unavailable',
          ...REPOSITORY_PROBLEMS,
        ),
      },
    }),
    async (c) => c.json(await getFindingOrigin(c.var.ctx, c.req.valid('param').findingId), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/findings/{findingId}/history',
      summary: 'What happened to a finding, oldest first',
      tags,
      security,
      request: { params: FindingParams },
      responses: {
        200: json(FindingHistory),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listFindingHistory(c.var.ctx, c.req.valid('param').findingId), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/findings/{findingId}/comments',
      summary: 'What people wrote about a finding, oldest first',
      tags,
      security,
      request: { params: FindingParams },
      responses: {
        200: json(CommentList),
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => c.json(await listComments(c.var.ctx, c.req.valid('param').findingId), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/findings/{findingId}/comments',
      summary: 'Write about a finding',
      description: TAKES_MEMBER,
      tags,
      security,
      request: { params: FindingParams, body: body(CommentRequest, { text: 'The rewrite in #812 removes this.' }) },
      responses: { 201: json(CommentView, 'Written'), ...problems(...WRITES, 'unprocessable') },
    }),
    async (c) => c.json(await createComment(c.var.ctx, c.req.valid('param').findingId, c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/findings/{findingId}/comments/{commentId}',
      summary: 'Rewrite a comment of your own',
      description: TAKES_MEMBER,
      tags,
      security,
      request: { params: CommentParams, body: body(CommentRequest, { text: 'The rewrite in #813 removes this.' }) },
      responses: { 200: json(CommentView), ...problems(...WRITES) },
    }),
    async (c) => {
      const { findingId, commentId } = c.req.valid('param');
      return c.json(await changeComment(c.var.ctx, findingId, commentId, c.req.valid('json')), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/findings/{findingId}/comments/{commentId}',
      summary: 'Delete a comment of your own',
      description: TAKES_MEMBER,
      tags,
      security,
      request: { params: CommentParams },
      responses: {
        204: { description: 'Deleted' },
        ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid_request'),
      },
    }),
    async (c) => {
      const { findingId, commentId } = c.req.valid('param');
      await deleteComment(c.var.ctx, findingId, commentId);
      return c.body(null, 204);
    },
  );
