import { expect, test } from 'vitest';
import { packageUrl } from './package-url';

test.each([
  ['npm', '@scope/name', '1.0.0', 'pkg:npm/%40scope/name@1.0.0'],
  ['npm', 'lodash', '1.0.0+build', 'pkg:npm/lodash@1.0.0%2Bbuild'],
  ['python', 'flask-login', '1!2.0', 'pkg:pypi/flask-login@1%212.0'],
  ['go', 'github.com/Azure/go-autorest', 'v1.0.0', 'pkg:golang/github.com/azure/go-autorest@v1.0.0'],
  ['cargo', 'serde', '1.0.0', 'pkg:cargo/serde@1.0.0'],
  ['maven', 'org.slf4j:slf4j-api', '2.0.0', 'pkg:maven/org.slf4j/slf4j-api@2.0.0'],
  ['gradle', 'com.acme:core', '1', 'pkg:maven/com.acme/core@1'],
  ['composer', 'monolog/monolog', '3.0.0', 'pkg:composer/monolog/monolog@3.0.0'],
  ['bundler', 'rails', '7.1.0', 'pkg:gem/rails@7.1.0'],
  ['nuget', 'Newtonsoft.Json', '13.0.1', 'pkg:nuget/Newtonsoft.Json@13.0.1'],
  ['npm', 'a?b#c d\ud800', '1', 'pkg:npm/a%3Fb%23c%20d%EF%BF%BD@1'],
] as const)('%s %s', (ecosystem, name, version, url) => {
  expect(packageUrl({ ecosystem, name, version })).toBe(url);
});
