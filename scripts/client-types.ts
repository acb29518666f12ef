import openapiTS, { astToString } from 'openapi-typescript';
import { apiDocument } from '@/lib/api/app';

const HEAD = '// Made from the OpenAPI document by `npm run client:generate`; do not edit.\n';

/** What the document has none of. */
const EMPTY = /^export type (?:webhooks|\$defs|operations) = Record<string, never>;\n/gm;

/** The types of the API, from the document that the server answers with. */
export async function clientTypes(): Promise<string> {
  // A copy: the library writes into what it reads.
  const document = structuredClone(apiDocument()) as Parameters<typeof openapiTS>[0];
  const types = astToString(await openapiTS(document, { alphabetize: true, defaultNonNullable: false }));
  return HEAD + types.replaceAll(EMPTY, '');
}
