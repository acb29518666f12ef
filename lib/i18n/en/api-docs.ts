export const apiDocs = {
  title: 'API',
  lead: 'Everything the pages do can be done by a program. Answers are JSON in camelCase; errors are problem+json.',
  document: 'OpenAPI 3.1 document',
  authentication: {
    title: 'Sign in',
    text: 'Send an API token as Bearer. In a browser the session cookie does the same.',
  },
  lists: {
    title: 'Lists',
    text: 'A list answers with items and nextCursor. Send the cursor back for the next page; null is the last.',
  },
  routes: 'Routes',
  open: 'open to everybody',
  parameters: 'Parameters',
  body: 'Body',
  required: 'required',
  answers: 'Answers',
  errors: { title: 'Error codes', code: 'Code', status: 'Status', meaning: 'What it means' },
};
