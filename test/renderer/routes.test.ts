import { describe, expect, it } from 'vitest';
import { messagesPath, placeOf } from '../../renderer/router/routes.ts';

describe('the addresses of the pages', () => {
  it.each([
    ['/', null, null],
    ['/messages', null, null],
    ['/messages/', null, null],
    ['/messages/0d9f', '0d9f', null],
    ['/messages/0d9f/TX1', '0d9f', 'TX1'],
  ])('%s is the list of messages with its panel', (path, uuid, txId) => {
    expect(placeOf(path)).toEqual({ page: 'messages', uuid, txId });
  });

  it.each(['/nothing', '/messages/a/b/c', '/messagesx'])('%s is no page', (path) => {
    expect(placeOf(path)).toEqual({ page: 'unknown' });
  });

  it('goes there and back', () => {
    expect(placeOf(messagesPath('a/b', 'T X'))).toEqual({ page: 'messages', uuid: 'a/b', txId: 'T X' });
    expect(messagesPath()).toBe('/messages');
    expect(messagesPath('0d9f', null)).toBe('/messages/0d9f');
  });

  it('does not break on an address that cannot be decoded', () => {
    expect(placeOf('/messages/%E0%A4%A')).toEqual({ page: 'messages', uuid: null, txId: null });
  });
});
