import { describe, expect, it } from 'vitest';
import { pathTo, placeOf } from '../../renderer/router/routes.ts';

describe('the addresses of the pages', () => {
  it.each([
    ['/', 'dashboard', []],
    ['/messages', 'messages', []],
    ['/messages/', 'messages', []],
    ['/messages/0d9f', 'messages', ['0d9f']],
    ['/messages/0d9f/TX1', 'messages', ['0d9f', 'TX1']],
    ['/keys/7', 'keys', ['7']],
  ])('%s is a page with its panel', (path, page, parts) => {
    expect(placeOf(path)).toEqual({ page, parts });
  });

  it.each(['/nothing', '/messages/a/b/c', '/messagesx', '/compose/1', '/messages/%E0%A4%A'])(
    '%s is no page',
    (path) => {
      expect(placeOf(path)).toEqual({ page: 'unknown', parts: [] });
    },
  );

  it('goes there and back', () => {
    expect(placeOf(pathTo('messages', 'a/b', 'T X'))).toEqual({ page: 'messages', parts: ['a/b', 'T X'] });
    expect(pathTo('messages')).toBe('/messages');
    expect(pathTo('messages', '0d9f', null)).toBe('/messages/0d9f');
    expect(pathTo('dashboard')).toBe('/');
  });
});
