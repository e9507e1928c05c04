import { describe, expect, it } from 'vitest';
import { Playback } from '../../src/lab/session/playback';
import { HeldFrames } from './tiny';

function ready() {
  const frames = new HeldFrames();
  const playback = new Playback(30, frames);
  playback.setHorizon(60_000);
  return { frames, playback };
}

describe('playback', () => {
  it('lasts playSeconds whatever the horizon', () => {
    const { frames, playback } = ready();
    playback.play();
    frames.pass(0);
    for (let passed = 0; passed < 15_000; passed += 50) frames.pass(50);
    expect(playback.cursorMs()).toBeCloseTo(30_000, 6);
    for (let passed = 0; passed < 16_000; passed += 50) frames.pass(50);
    expect(playback.cursorMs()).toBe(60_000);
    expect(playback.isPlaying()).toBe(false);
    expect(frames.waiting).toBe(0);
  });

  it('asks for frames only while playing', () => {
    const { frames, playback } = ready();
    expect(frames.waiting).toBe(0);
    playback.play();
    expect(frames.waiting).toBe(1);
    playback.pause();
    expect(frames.waiting).toBe(0);
  });

  it('does not leap after a hidden tab', () => {
    const { frames, playback } = ready();
    playback.play();
    frames.pass(0);
    frames.pass(60_000);
    expect(playback.cursorMs()).toBeCloseTo(200, 6);
  });

  it.each([-1e12, -3_600_000, -1, 3_600_000, 1e12])('neither leaps nor stands still when the clock jumps by %d ms', (jumpMs) => {
    for (const stepped of [false, true]) {
      const { frames, playback } = ready();
      let calm = 0;
      playback.subscribeCalmly(() => calm++);
      playback.stepped = stepped;
      playback.seek(20_000);
      playback.play();
      frames.pass(0);
      calm = 0;
      frames.pass(jumpMs);
      expect(playback.cursorMs()).toBeGreaterThanOrEqual(20_000);
      expect(playback.cursorMs()).toBeLessThanOrEqual(21_200);
      const afterJumpMs = playback.cursorMs();
      for (let passed = 0; passed < 1300; passed += 50) frames.pass(50);
      expect(playback.cursorMs()).toBeGreaterThan(afterJumpMs + 2000);
      expect(calm).toBeGreaterThanOrEqual(stepped ? 2 : 12);
    }
  });

  it('plays from the start when it stands at the end', () => {
    const { playback } = ready();
    playback.seek(60_000);
    playback.play();
    expect(playback.cursorMs()).toBe(0);
  });

  it('steps in place of gliding when asked', () => {
    const { frames, playback } = ready();
    playback.stepped = true;
    playback.play();
    frames.pass(0);
    for (let frame = 0; frame < 36; frame++) frames.pass(16);
    expect(playback.cursorMs()).toBe(0);
    frames.pass(16);
    frames.pass(16);
    expect(playback.cursorMs()).toBeGreaterThan(1000);
  });

  it('tells calm listeners ten times a second while playing, and at once of a seek, a pause and the end', () => {
    const { frames, playback } = ready();
    let calm = 0;
    let every = 0;
    playback.subscribeCalmly(() => calm++);
    playback.subscribe(() => every++);
    playback.play();
    frames.pass(1000);
    [calm, every] = [0, 0];
    for (let frame = 0; frame < 100; frame++) frames.pass(10);
    expect([calm, every]).toEqual([10, 100]);
    playback.seek(30_000);
    playback.pause();
    expect(calm).toBe(12);
    playback.seek(59_999);
    playback.play();
    frames.pass(0);
    calm = 0;
    frames.pass(1);
    expect([calm, playback.isPlaying()]).toEqual([1, false]);
  });

  it('takes no cursor outside of the run', () => {
    const { playback } = ready();
    playback.seek(-5);
    expect(playback.cursorMs()).toBe(0);
    playback.seek(Number.NaN);
    expect(playback.cursorMs()).toBe(0);
    playback.seek(1e9);
    expect(playback.cursorMs()).toBe(60_000);
  });
});
