import { describe, expect, test } from 'vitest';
import { gatesOfCommand } from './gates';

describe('gatesOfCommand', () => {
  test.each([
    ['npm test', 'tests'],
    ['pnpm -r run test:unit', 'tests'],
    ['pnpm run test-unit', 'tests'],
    ['./mvnw -B verify', 'tests'],
    ['./gradlew clean build', 'tests'],
    ['go test -race ./...', 'tests'],
    ['cargo test --locked', 'tests'],
    ['python -m pytest -q', 'tests'],
    ['make test', 'tests'],
    ['npx eslint .', 'lint'],
    ['cargo fmt -- --check', 'lint'],
    ['tox run -e typing', 'lint'],
    ['npm audit --audit-level=high', 'security'],
    ['govulncheck ./...', 'security'],
    ['go test -run none -bench . ./...', 'performance'],
    ['mkdocs build --strict', 'docs'],
    ['cmake --build build -t doc', 'docs'],
    ['cargo doc --no-deps', 'docs'],
  ])('%s runs %s', (command, gate) => {
    expect(gatesOfCommand(command)).toContain(gate);
  });

  test.each(['pip install pytest', 'npm ci', 'echo done', '# npm test', 'rm -rf .pytest_cache', 'cat latest.txt'])(
    '%s runs no gate',
    (command) => {
      expect(gatesOfCommand(command)).toEqual([]);
    },
  );

  test('follows scripts of package.json', () => {
    const scripts = new Map([
      ['verify', 'npm run units && eslint .'],
      ['units', 'vitest run'],
    ]);

    expect(gatesOfCommand('npm run verify', scripts)).toEqual(['tests', 'lint']);
  });

  test('ends on scripts that call each other', () => {
    expect(gatesOfCommand('npm run a', new Map([['a', 'npm run a']]))).toEqual([]);
  });
});
