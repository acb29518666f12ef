import type { CallToolResult, ToolAnnotations } from '@modelcontextprotocol/sdk/types.js';
import { ElderProblem } from '@/integrations/client/problem';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { sentenceFor } from '../failure-sentence';
import { RemoteFailure, sentenceOf } from '../remote/remote-failure';
import { refusalOf, ToolRefusal } from './tool-answer';

export const READ_ONLY: ToolAnnotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true };

interface Place {
  language: Language;
  path: string;
  ref?: string | undefined;
  /** Of the server that was asked. */
  url?: () => string;
}

/** A failure is told to the model in the sentence that a person would read. */
export async function guarded(
  { language, path, ref, url }: Place,
  run: () => Promise<CallToolResult>,
): Promise<CallToolResult> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ToolRefusal) return refusalOf(error.message);
    if (error instanceof ElderProblem && error.code === 'not_found') return refusalOf(CLI_TEXTS[language].mcp.notFound);
    const isOfServer = url !== undefined || error instanceof RemoteFailure || error instanceof ElderProblem;
    if (isOfServer) return refusalOf(sentenceOf(error, url?.() ?? '', language));
    return refusalOf(sentenceFor(error, { path, ref, cache: undefined }, language));
  }
}
