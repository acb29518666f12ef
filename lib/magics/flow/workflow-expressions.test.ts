// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of the workflow language
import { describe, expect, test } from 'vitest';
import { untrustedIn } from './workflow-expressions';

describe('untrustedIn', () => {
  test.each([
    ['${{ github.event.issue.title }}', 'github.event.issue.title'],
    ['${{github.head_ref}}', 'github.head_ref'],
    ["${{ github['event']['issue'][ 'body' ] }}", 'github.event.issue.body'],
    ['${{ github.event.commits[0].message }}', 'github.event.commits.*.message'],
    ['${{ toJSON(github.event) }}', 'github.event'],
    ['${{ toJson( github ) }}', 'github'],
    ['${{ toJSON(github.event.*.body) }}', 'github.event.issue.body'],
    ["${{ github.ref == 'x' && github.event.comment.body || 'none' }}", 'github.event.comment.body'],
    ["${{ format('a {0}', github.event.head_commit.message) }}", 'github.event.head_commit.message'],
    ['${{ matrix[github.event.issue.title] }}', 'github.event.issue.title'],
    [
      '${{ github.event.pages[github.event.commits[github.event.issue.title].author.name].page_name }}',
      'github.event.pages.*.page_name',
    ],
    ['${{ GitHub.Event.Review.Body }}', 'github.event.review.body'],
  ])('%s is text of a stranger', (text, value) => {
    expect(untrustedIn(`echo ${text}`)).toEqual([{ value, text }]);
  });

  test.each([
    '${{ github.event.issue.number }}',
    "${{ contains(github.event.pull_request.title, '[skip]') }}",
    "${{ github.event.comment.body == '/deploy' }}",
    "${{ 'main' != github.head_ref }}",
    '${{ github.event.pull_request.head.sha }}',
    '${{ toJSON(github.event.issue.number) }}',
    '${{ toJSON(matrix) }}',
    "${{ 'github.event.issue.title' }}",
    '${{ steps.a.outputs.github }}',
    'github.event.issue.title',
  ])('%s is not', (text) => {
    expect(untrustedIn(text)).toEqual([]);
  });

  test('ends soon on hostile text', () => {
    const start = performance.now();
    untrustedIn(`\${{ ${'['.repeat(50_000)} }}${'${{ a.'.repeat(20_000)}`);

    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
