import { writeFileSync } from 'node:fs';
import { repositorySettingsSchema } from '@/lib/magics/repository-settings';

// npm run schema:settings   writes the JSON Schema of .elder.yml, which the web serves under /schemas.
const FILE = 'public/schemas/elder.v1.json';

writeFileSync(FILE, `${JSON.stringify(repositorySettingsSchema(), null, 2)}\n`);
console.log(`Wrote ${FILE}.`);
