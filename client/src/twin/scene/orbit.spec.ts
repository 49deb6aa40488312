import { describe, expect, it } from '@jest/globals';
import { fittingDistance, Orbit } from './orbit';

describe('Orbit', () => {
  it('glides to its goal and comes to rest there', () => {
    const orbit = new Orbit();
    orbit.goTo({ x: 5, distance: 8 }, false);
    let frames = 0;
    while (orbit.update(1 / 60)) expect(++frames).toBeLessThan(600);
    expect(orbit.now.x).toBe(5);
    expect(orbit.now.distance).toBe(8);
    expect(orbit.update(1 / 60)).toBe(false);
  });

  it('stands there at once where motion is to be spared', () => {
    const orbit = new Orbit();
    orbit.goTo({ x: 5 }, true);
    expect(orbit.now.x).toBe(5);
  });

  it('stays within its limits', () => {
    const orbit = new Orbit();
    orbit.limits = { ...orbit.limits, distance: [2, 10], elevation: [0.1, 1] };
    orbit.zoom(1000);
    orbit.rotate(0, -9);
    expect(orbit.goal.distance).toBe(10);
    expect(orbit.goal.elevation).toBe(0.1);
  });

  it('looks at its point from the front at azimuth 0', () => {
    const orbit = new Orbit();
    orbit.goTo({ x: 1, y: 2, z: 3, azimuth: 0, elevation: 0.05, distance: 10 }, true);
    const eye = { x: 0, y: 0, z: 0 };
    orbit.eye(eye);
    expect(eye.x).toBeCloseTo(1, 9);
    expect(eye.z).toBeCloseTo(3 + 10 * Math.cos(0.05), 9);
  });
});

describe('fittingDistance', () => {
  it('fills the height of the picture with a flat wall', () => {
    // half height 5 at tan(fov/2) = 0.5 needs 10 m
    expect(fittingDistance({ x: 1, y: 5, z: 0 }, 0, 0, 2 * Math.atan(0.5), 1)).toBeCloseTo(10, 9);
  });

  it('goes further back for a narrow picture', () => {
    const half = { x: 10, y: 1, z: 6 };
    expect(fittingDistance(half, 0, 0.5, 0.6, 0.6)).toBeGreaterThan(fittingDistance(half, 0, 0.5, 0.6, 1.8));
  });
});
