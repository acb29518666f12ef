import type { apiDocument } from '@/lib/api/app';

type Document = ReturnType<typeof apiDocument>;

export interface ApiRoute {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  isOpen: boolean;
  parameters: { name: string; place: string; isRequired: boolean; type: string }[];
  body: { name: string; isRequired: boolean; type: string }[];
  answers: { status: string; text: string }[];
}

interface Schema {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The document's routes as rows, grouped by their first tag in the order of the document. */
export function groupRoutes(document: Document): { tag: string; routes: ApiRoute[] }[] {
  const groups = new Map<string, ApiRoute[]>();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = item?.[method];
      if (!operation) continue;
      const tag = operation.tags?.[0] ?? 'Other';
      const body = operation.requestBody as { content?: Record<string, { schema?: Schema }> } | undefined;
      const route: ApiRoute = {
        id: `${method}-${path.replace(/[^a-z0-9]+/gi, '-')}`,
        method: method.toUpperCase(),
        path,
        summary: operation.summary ?? '',
        description: operation.description ?? null,
        isOpen: !operation.security,
        parameters: (
          (operation.parameters ?? []) as { name: string; in: string; required?: boolean; schema?: Schema }[]
        ).map((one) => ({
          name: one.name,
          place: one.in,
          isRequired: one.required === true,
          type: typeOf(one.schema),
        })),
        body: fieldsOf(body?.content?.['application/json']?.schema),
        answers: Object.entries(operation.responses ?? {}).map(([status, answer]) => ({
          status,
          text: (answer as { description: string }).description,
        })),
      };
      groups.set(tag, [...(groups.get(tag) ?? []), route]);
    }
  }
  return [...groups].map(([tag, routes]) => ({ tag, routes }));
}

function fieldsOf(schema: Schema | undefined): ApiRoute['body'] {
  return Object.entries(schema?.properties ?? {}).map(([name, field]) => ({
    name,
    isRequired: schema?.required?.includes(name) ?? false,
    type: typeOf(field),
  }));
}

function typeOf(schema: Schema | undefined): string {
  if (!schema) return '';
  if (schema.enum) return schema.enum.map(String).join(' | ');
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? '');
  if (type === 'array') return `${typeOf(schema.items)}[]`;
  return schema.format ? `${type} (${schema.format})` : type;
}
