import { describe, expect, it } from 'vitest';
import { parseOffer } from '../../../server/carriers/modem/init/notification.ts';

describe('what AT+CNMI=? lists', () => {
  it.each([
    ['+CNMI: (0-2),(0,2),(0),(0-1),(1)', [['0', '1', '2'], ['0', '2'], ['0'], ['0', '1'], ['1']]],
    ['+CNMI: (0-2), (0,2), (0), (0-1), (1)', [['0', '1', '2'], ['0', '2'], ['0'], ['0', '1'], ['1']]],
    ['+CNMI: (1,2),(0-1,3),,(0,2)', [['1', '2'], ['0', '1', '3'], [], ['0', '2']]],
    ['+CNMI: 2,(0,1),0,(0-2),0', [['2'], ['0', '1'], ['0'], ['0', '1', '2'], ['0']]],
    ['+CNMI: (),(0,1)', [[], ['0', '1']]],
    [
      '(0-2),(0-1)',
      [
        ['0', '1', '2'],
        ['0', '1'],
      ],
    ],
    ['+CNMI: ((0,1', [['0'], ['1']]],
  ])('%j, by position', (line, expected) => {
    expect(parseOffer([line])).toEqual(expected);
  });

  it('nothing at all lists nothing', () => {
    expect(parseOffer([])).toEqual([]);
    expect(parseOffer(['rubbish'])).toEqual([]);
  });
});
