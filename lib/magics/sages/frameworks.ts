import type { DependencyFact } from '../facts/project';

/** Packages whose version is that of a framework in the table of ends of life. */
const FRAMEWORKS: Readonly<Record<string, string>> = {
  'python django': 'django',
  'bundler rails': 'rails',
  'composer laravel/framework': 'laravel',
  'composer symfony/framework-bundle': 'symfony',
  'maven org.springframework.boot:spring-boot': 'spring-boot',
  'maven org.springframework.boot:spring-boot-starter': 'spring-boot',
  'maven org.springframework.boot:spring-boot-starter-web': 'spring-boot',
  'gradle org.springframework.boot:spring-boot': 'spring-boot',
  'npm @angular/core': 'angular',
  'npm vue': 'vue',
  'npm angular': 'angularjs',
};

export function frameworkOf({ ecosystem, name }: Pick<DependencyFact, 'ecosystem' | 'name'>): string | null {
  const key = `${ecosystem} ${name}`;
  return Object.hasOwn(FRAMEWORKS, key) ? (FRAMEWORKS[key] ?? null) : null;
}
