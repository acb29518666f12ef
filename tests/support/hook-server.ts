import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface ReceivedHook {
  path: string;
  headers: IncomingHttpHeaders;
  raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into what came
  body: any;
}

interface HookAnswer {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

export interface HookServer extends AsyncDisposable {
  /** `127.0.0.1:port` */
  host: string;
  url: string;
  hooks: ReceivedHook[];
  /** To one path, oldest first. */
  at: (path: string) => ReceivedHook[];
  /** Answers the next requests to a path so, in turn, before it takes messages again. */
  answer: (path: string, ...answers: HookAnswer[]) => void;
}

/**
 * Webhooks of Slack (`/slack…`), Discord (`/discord…`) and Microsoft Teams (`/teams…`) on this machine, which refuse what the
 * services refuse: what is not of the documented shape, or over its limits. Every other path takes anything.
 */
export async function startHookServer({ port = 0 }: { port?: number } = {}): Promise<HookServer> {
  const hooks: ReceivedHook[] = [];
  const answers = new Map<string, HookAnswer[]>();
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const raw = await text(request);
    const body = parse(raw);
    hooks.push({ path, headers: request.headers, raw, body });
    const { status, body: said = '', headers = {} } = answers.get(path)?.shift() ?? serviceAnswer(path, raw, body);
    response.writeHead(status, headers).end(said);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    hooks,
    at: (path) => hooks.filter((hook) => hook.path === path),
    answer: (path, ...next) => answers.set(path, next),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function serviceAnswer(path: string, raw: string, body: unknown): HookAnswer {
  if (path.startsWith('/slack')) {
    const problem = slackProblem(body);
    return problem ? { status: 400, body: problem } : { status: 200, body: 'ok' };
  }
  if (path.startsWith('/discord')) {
    const problem = discordProblem(body);
    return problem ? { status: 400, body: JSON.stringify({ message: problem, code: 50_035 }) } : { status: 204 };
  }
  if (path.startsWith('/teams')) {
    const problem = Buffer.byteLength(raw) > 28 * 1024 ? 'RequestEntityTooLarge' : teamsProblem(body);
    return problem ? { status: 400, body: problem } : { status: 202 };
  }
  return { status: 200 };
}

/** https://docs.slack.dev/reference/block-kit/blocks */
function slackProblem(body: unknown): string | null {
  if (!isObject(body) || typeof body.text !== 'string' || !Array.isArray(body.blocks)) return 'invalid_payload';
  if (body.blocks.length === 0 || body.blocks.length > 50) return 'invalid_blocks';
  const isText = (value: unknown, most: number, types: readonly string[]) =>
    isObject(value) &&
    types.includes(String(value.type)) &&
    typeof value.text === 'string' &&
    value.text.length > 0 &&
    value.text.length <= most &&
    (value.type === 'plain_text' || !('emoji' in value));
  const isFine = body.blocks.every((block: unknown) => {
    if (!isObject(block)) return false;
    if (block.type === 'header') return isText(block.text, 150, ['plain_text']);
    if (block.type === 'section') return isText(block.text, 3000, ['plain_text', 'mrkdwn']);
    if (block.type !== 'context' || !Array.isArray(block.elements)) return false;
    return (
      block.elements.length > 0 &&
      block.elements.length <= 10 &&
      block.elements.every((element) => isText(element, 3000, ['plain_text', 'mrkdwn']))
    );
  });
  return isFine ? null : 'invalid_blocks';
}

/** https://discord.com/developers/docs/resources/webhook#execute-webhook */
function discordProblem(body: unknown): string | null {
  if (!isObject(body)) return 'Invalid Form Body';
  const { content = '', embeds = [] } = body;
  if (typeof content !== 'string' || content.length > 2000 || !Array.isArray(embeds)) return 'Invalid Form Body';
  if (content === '' && embeds.length === 0) return 'Cannot send an empty message';
  if (embeds.length > 10) return 'Must be 10 or fewer in length';
  let sum = 0;
  for (const embed of embeds) {
    const { title = '', description = '', url, color = 0, footer } = embed;
    if (title.length > 256 || description.length > 4096 || (footer?.text.length ?? 0) > 2048) return 'Too long';
    if (!Number.isInteger(color) || color < 0 || color > 0xffffff) return 'Invalid colour';
    if (url !== undefined && !/^https?:\/\//.test(url)) return 'Not a well formed URL';
    sum += title.length + description.length + (footer?.text.length ?? 0);
  }
  return sum > 6000 ? 'Embed size exceeds maximum size of 6000' : null;
}

/** Adaptive Cards 1.5, as a message of the Workflows trigger. */
function teamsProblem(body: unknown): string | null {
  if (!isObject(body) || body.type !== 'message' || !Array.isArray(body.attachments))
    return 'TriggerInputSchemaMismatch';
  const [attachment] = body.attachments;
  if (attachment?.contentType !== 'application/vnd.microsoft.card.adaptive') return 'TriggerInputSchemaMismatch';
  const card = attachment.content;
  if (card?.type !== 'AdaptiveCard' || !['1.0', '1.2', '1.4', '1.5'].includes(card.version)) return 'BadCard';
  const isAction = (action: unknown) =>
    isObject(action) && action.type === 'Action.OpenUrl' && URL.canParse(String(action.url)) && Boolean(action.title);
  const isElement = (element: unknown) => {
    if (!isObject(element)) return false;
    if (element.type === 'ActionSet') return Array.isArray(element.actions) && element.actions.every(isAction);
    if (element.type !== 'RichTextBlock' || !Array.isArray(element.inlines)) return false;
    return element.inlines.every((run) => isObject(run) && run.type === 'TextRun' && typeof run.text === 'string');
  };
  const isFine = Array.isArray(card.body) && card.body.length > 0 && card.body.every(isElement);
  return isFine && (card.actions ?? []).every(isAction) ? null : 'BadCard';
}

// biome-ignore lint/suspicious/noExplicitAny: what came may be anything
function isObject(value: unknown): value is Record<string, any> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}
