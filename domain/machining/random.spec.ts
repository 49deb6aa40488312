import { describe, expect, it } from '@jest/globals';
import { createStreams, fnv1a32, nextGaussian, nextUniform, STREAM } from './random.js';

describe('random streams', () => {
  it('hashes "seed:name" by FNV-1a', () => {
    expect(fnv1a32('42:torque')).toBe(4164592681);
    expect(fnv1a32('')).toBe(0x811c9dc5);
  });

  it('gives the published mulberry32 numbers', () => {
    const plain = Int32Array.of(42);
    expect(nextUniform(plain, 0)).toBe(0.6011037519201636);
    const streams = createStreams(42);
    expect(nextUniform(streams, STREAM.torque)).toBe(0.5233969280961901);
    expect(nextUniform(streams, STREAM.torque)).toBe(0.5820374696049839);
  });

  it('makes a gaussian of two uniforms', () => {
    const streams = createStreams(42);
    expect(nextGaussian(streams, STREAM.torque)).toBe(-0.9900553847278795);
    expect(nextGaussian(streams, STREAM.torque)).toBe(-1.2120453672113138);
  });

  it('keeps streams apart', () => {
    const one = createStreams(7);
    const other = createStreams(7);
    for (let i = 0; i < 100; i++) nextUniform(one, STREAM.vibration);
    expect(nextUniform(one, STREAM.hazard)).toBe(nextUniform(other, STREAM.hazard));
  });

  it('has mean 0 and variance 1 over many gaussians', () => {
    const streams = createStreams(1);
    let sum = 0;
    let squares = 0;
    const count = 20_000;
    for (let i = 0; i < count; i++) {
      const g = nextGaussian(streams, STREAM.rpm);
      sum += g;
      squares += g * g;
    }
    expect(Math.abs(sum / count)).toBeLessThan(0.03);
    expect(Math.abs(squares / count - 1)).toBeLessThan(0.04);
  });
});
