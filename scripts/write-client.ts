import { writeFileSync } from 'node:fs';
import { clientTypes } from './client-types';

// npm run client:generate   writes the types of the client from the OpenAPI document.
const FILE = 'integrations/client/api-types.ts';

writeFileSync(FILE, await clientTypes());
console.log(`Wrote ${FILE}.`);
