import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chartFiles } from '@/k8s/packages/chart-files';
import { kustomizeFiles } from '@/k8s/packages/kustomize-files';

// npm run k8s:generate   writes the chart and the Kustomize bases anew from the builders.
const FOLDERS = { 'k8s/chart': chartFiles, 'k8s/kustomize': kustomizeFiles };

for (const [folder, filesOf] of Object.entries(FOLDERS)) {
  const files = filesOf();
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of files) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  console.log(`${files.size} files in ${folder}`);
}
