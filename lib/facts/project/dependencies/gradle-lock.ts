import { readGradle } from '../manifests/other-ecosystems';
import { joinPath, parentPath } from '../project-text';
import type { LockedPackage, LockInput } from './locked-package';

const ROW = /^([\w.-]{1,200}:[\w.-]{1,200}):([\w.+-]{1,100})=(.*)$/;
const DEVELOPMENT = /test|detekt|ktlint|checkstyle|spotbugs|pmd|jacoco|lint/i;

/** gradle.lockfile: one module a line, with the configurations that hold it. */
export function readGradleLock({ path, text, siblings }: LockInput): LockedPackage[] | null {
  const direct = new Map<string, string>();
  for (const name of ['build.gradle', 'build.gradle.kts']) {
    const manifest = joinPath(parentPath(path), name);
    const build = siblings.find((file) => file.path === manifest)?.text;
    for (const dependency of build === undefined ? [] : readGradle(build).dependencies)
      direct.set(dependency, manifest);
  }
  const rows = text.split('\n').flatMap((line, index): LockedPackage[] => {
    const [, name, version, configurations = ''] = ROW.exec(line.trim()) ?? [];
    if (!name || !version) return [];
    const manifest = direct.get(name);
    return [
      {
        name,
        version,
        line: index + 1,
        isDirect: manifest !== undefined,
        isDevelopment: configurations.split(',').every((configuration) => DEVELOPMENT.test(configuration)),
        ...(manifest !== undefined && { manifest }),
      },
    ];
  });
  return rows;
}
