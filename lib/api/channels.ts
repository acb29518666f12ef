import { createRoute, z } from '@hono/zod-openapi';
import { UNKNOWN_ADDRESS } from '@/lib/auth/client-address';
import {
  ChannelChange,
  ChannelCreated,
  ChannelList,
  ChannelRequest,
  ChannelSecret,
  ChannelTest,
  ChannelView,
  DeliveryListRequest,
  DeliveryPage,
  DeliveryView,
  MailChannel,
  MailChannelAnswer,
} from '@/lib/schemas/channels';
import {
  changeChannel,
  createChannel,
  deleteChannel,
  getChannel,
  listChannels,
  rotateChannelSecret,
} from '@/lib/services/notifications/channels';
import { answerMailChannel, getMailChannel } from '@/lib/services/notifications/confirmations';
import { listDeliveries, replayDelivery, testChannel } from '@/lib/services/notifications/deliveries';
import { api, body, json, LinkParams, problems, security, TeamParams } from './api';

const tags = ['Notifications'];
const description = 'Takes the role admin; a token needs the scope admin.';
const READS = ['unauthenticated', 'forbidden', 'not_found', 'invalid_request'] as const;
const WRITES = [
  ...READS,
  'payload_too_large',
  'unprocessable',
  'outgoing_address_refused',
  'outgoing_protocol_refused',
] as const;
const ChannelParams = TeamParams.extend({ channelId: z.uuid().describe('From the list of channels') });
const DeliveryParams = ChannelParams.extend({ deliveryId: z.uuid().describe('From the list of deliveries') });

export const channels = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/channels',
      summary: 'List the notification channels of a team',
      description,
      tags,
      security,
      request: { params: TeamParams },
      responses: { 200: json(ChannelList), ...problems(...READS) },
    }),
    async (c) => c.json(await listChannels(c.var.ctx, c.req.valid('param').teamId), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams/{teamId}/channels',
      summary: 'Add a notification channel',
      description: `${description} Its address is kept sealed. The secret that a webhook is signed with is shown once.`,
      tags,
      security,
      request: {
        params: TeamParams,
        body: body(ChannelRequest, {
          kind: 'slack',
          name: 'Builds',
          address: 'https://hooks.slack.com/services/T0/B0/x',
          events: ['gate_turned', 'new_findings'],
        }),
      },
      responses: { 201: json(ChannelCreated, 'Made'), ...problems(...WRITES) },
    }),
    async (c) => c.json(await createChannel(c.var.ctx, c.req.valid('param').teamId, c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/channels/{channelId}',
      summary: 'Show a notification channel',
      description,
      tags,
      security,
      request: { params: ChannelParams },
      responses: { 200: json(ChannelView), ...problems(...READS) },
    }),
    async (c) => {
      const { teamId, channelId } = c.req.valid('param');
      return c.json(await getChannel(c.var.ctx, teamId, channelId), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/teams/{teamId}/channels/{channelId}',
      summary: 'Change, mute or switch a notification channel',
      description: `${description} What is left out stays as it is.`,
      tags,
      security,
      request: { params: ChannelParams, body: body(ChannelChange, { frequency: 'normal' }) },
      responses: { 200: json(ChannelView), ...problems(...WRITES) },
    }),
    async (c) => {
      const { teamId, channelId } = c.req.valid('param');
      return c.json(await changeChannel(c.var.ctx, teamId, channelId, c.req.valid('json')), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/teams/{teamId}/channels/{channelId}',
      summary: 'Delete a notification channel with its log',
      description,
      tags,
      security,
      request: { params: ChannelParams },
      responses: { 204: { description: 'Deleted' }, ...problems(...READS) },
    }),
    async (c) => {
      const { teamId, channelId } = c.req.valid('param');
      await deleteChannel(c.var.ctx, teamId, channelId);
      return c.body(null, 204);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams/{teamId}/channels/{channelId}/test',
      summary: 'Send a test message at once',
      description: `${description} The answer tells what came of it; nothing is tried again.`,
      tags,
      security,
      request: { params: ChannelParams },
      responses: { 200: json(ChannelTest), ...problems(...READS) },
    }),
    async (c) => {
      const { teamId, channelId } = c.req.valid('param');
      return c.json(await testChannel(c.var.ctx, teamId, channelId), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams/{teamId}/channels/{channelId}/rotate',
      summary: 'Make a new signing secret for a webhook',
      description: `${description} For a day messages are signed with the former one too.`,
      tags,
      security,
      request: { params: ChannelParams },
      responses: { 200: json(ChannelSecret), ...problems(...READS, 'unprocessable') },
    }),
    async (c) => {
      const { teamId, channelId } = c.req.valid('param');
      return c.json(await rotateChannelSecret(c.var.ctx, teamId, channelId), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/teams/{teamId}/channels/{channelId}/deliveries',
      summary: 'List what was sent to a channel',
      description: `${description} Newest first; kept for 30 days.`,
      tags,
      security,
      request: { params: ChannelParams, query: DeliveryListRequest },
      responses: { 200: json(DeliveryPage), ...problems(...READS) },
    }),
    async (c) => {
      const { teamId, channelId } = c.req.valid('param');
      return c.json(await listDeliveries(c.var.ctx, teamId, channelId, c.req.valid('query')), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/teams/{teamId}/channels/{channelId}/deliveries/{deliveryId}/replay',
      summary: 'Send a message again',
      description: `${description} It goes under the same id, so that the receiver can tell.`,
      tags,
      security,
      request: { params: DeliveryParams },
      responses: { 202: json(DeliveryView, 'On its way'), ...problems(...READS, 'conflict') },
    }),
    async (c) => {
      const { teamId, channelId, deliveryId } = c.req.valid('param');
      return c.json(await replayDelivery(c.var.ctx, teamId, channelId, deliveryId), 202);
    },
  );

/** For whoever reads the address; nobody needs to be signed in. */
export const mailChannels = api()
  .openapi(
    createRoute({
      method: 'get',
      path: '/mail-channels/{token}',
      summary: 'What messages an address is asked to take',
      tags,
      request: { params: LinkParams },
      responses: {
        200: json(MailChannel),
        ...problems('forbidden', 'not_found', 'gone', 'invalid_request', 'rate_limited'),
      },
    }),
    async (c) => c.json(await getMailChannel(c.env?.clientAddress ?? UNKNOWN_ADDRESS, c.req.valid('param').token), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/mail-channels/{token}',
      summary: 'Take the messages of a channel by e-mail, or no more of them',
      tags,
      request: { params: LinkParams, body: body(MailChannelAnswer, { wants: true }) },
      responses: {
        200: json(MailChannel),
        ...problems('forbidden', 'not_found', 'gone', 'invalid_request', 'payload_too_large', 'rate_limited'),
      },
    }),
    async (c) => {
      const address = c.env?.clientAddress ?? UNKNOWN_ADDRESS;
      return c.json(await answerMailChannel(address, c.req.valid('param').token, c.req.valid('json')), 200);
    },
  );
