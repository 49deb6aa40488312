import { describe, expect, it } from '@jest/globals';
import { isSameOrigin } from './same-origin.js';

describe('isSameOrigin', () => {
  it.each([
    ['http://plant.example', 'http', 'plant.example', true],
    ['http://plant.example', 'http', 'plant.example:80', true],
    ['http://plant.example', 'https', 'plant.example', false],
    ['http://plant.example:5000', 'http', 'plant.example', false],
    ['null', 'http', 'plant.example', false],
    ['http://plant.example', 'http', '[', false],
    ['http://plant.example', 'http', '', false],
  ])('%s for a request to %s://%s: %p', (origin, protocol, host, expected) => {
    expect(isSameOrigin(origin, protocol, host)).toBe(expected);
  });
});
