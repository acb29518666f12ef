import { buildClient } from './client-package';

// npm run client:build   puts the client, as a package for plain Node, into dist/client.
const FOLDER = 'dist/client';

await buildClient(FOLDER);
console.log(`Built ${FOLDER}.`);
