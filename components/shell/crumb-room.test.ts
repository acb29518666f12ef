import { expect, test } from 'vitest';
import { crumbRoom } from './crumb-room';

const LONG = 'gin-gonic+gin/a-repository-with-a-long-name';

test('the name of a page gives up nothing', () => {
  expect(crumbRoom('依存関係', true)).toEqual({ flexShrink: 0 });
  expect(crumbRoom('Quality Prophecy', true)).toEqual({ flexShrink: 0 });
});

test('a short name on the way neither shrinks nor takes more room than it needs', () => {
  expect(crumbRoom('repo', false)).toEqual({ flexShrink: 0 });
  expect(crumbRoom('プロジェクト', false)).toEqual({ flexShrink: 0 });
});

test('a long name on the way is cut before that of the page, but never to nothing', () => {
  const [way, page] = [crumbRoom(LONG, false), crumbRoom(LONG, true)];

  expect(way.flexShrink).toBeGreaterThan(page.flexShrink);
  expect(way.minWidth).toBeGreaterThan(0);
});
