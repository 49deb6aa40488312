import type { Orbit } from './orbit';

const ROTATE_PER_PX = 0.0055;
const CLICK_SLOP_PX = 5;

export interface PointerActions {
  orbit: Orbit;
  changed(): void;
  clicked(clientX: number, clientY: number): void;
  hovered(clientX: number, clientY: number): void;
  left(): void;
}

/** Drag turns, wheel or pinch zooms, right or shift drag moves across the floor, a click picks. @returns undo */
export function listenToPointer(canvas: HTMLCanvasElement, actions: PointerActions): () => void {
  const { orbit } = actions;
  const down = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  let spread = 0;

  const pressed = (event: PointerEvent) => {
    down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    travelled = 0;
    spread = 0;
    canvas.setPointerCapture(event.pointerId);
  };
  const moved = (event: PointerEvent) => {
    const last = down.get(event.pointerId);
    if (!last) {
      if (event.pointerType === 'mouse') actions.hovered(event.clientX, event.clientY);
      return;
    }
    const dx = event.clientX - last.x;
    const dy = event.clientY - last.y;
    last.x = event.clientX;
    last.y = event.clientY;
    travelled += Math.abs(dx) + Math.abs(dy);
    if (travelled < CLICK_SLOP_PX) return;
    const perPx = (orbit.now.distance * 0.62) / canvas.clientHeight;
    if (down.size === 2) {
      const [a, b] = [...down.values()] as [{ x: number; y: number }, { x: number; y: number }];
      const now = Math.hypot(a.x - b.x, a.y - b.y);
      if (spread > 0) orbit.zoom(spread / now);
      spread = now;
      orbit.pan((-dx * perPx) / 2, (dy * perPx) / 2);
    } else if (event.buttons & 2 || event.shiftKey) orbit.pan(-dx * perPx, dy * perPx);
    else orbit.rotate(-dx * ROTATE_PER_PX, dy * ROTATE_PER_PX);
    actions.changed();
  };
  const released = (event: PointerEvent) => {
    if (down.delete(event.pointerId) && travelled < CLICK_SLOP_PX && event.type === 'pointerup' && event.button === 0) {
      actions.clicked(event.clientX, event.clientY);
    }
  };
  const wheeled = (event: WheelEvent) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    orbit.zoom(Math.exp(Math.max(-120, Math.min(120, event.deltaY * lines)) * 0.0016));
    actions.changed();
  };
  const noMenu = (event: Event) => event.preventDefault();
  const left = () => actions.left();

  canvas.addEventListener('pointerdown', pressed);
  canvas.addEventListener('pointermove', moved);
  canvas.addEventListener('pointerup', released);
  canvas.addEventListener('pointercancel', released);
  canvas.addEventListener('pointerleave', left);
  canvas.addEventListener('wheel', wheeled, { passive: false });
  canvas.addEventListener('contextmenu', noMenu);
  return () => {
    canvas.removeEventListener('pointerdown', pressed);
    canvas.removeEventListener('pointermove', moved);
    canvas.removeEventListener('pointerup', released);
    canvas.removeEventListener('pointercancel', released);
    canvas.removeEventListener('pointerleave', left);
    canvas.removeEventListener('wheel', wheeled);
    canvas.removeEventListener('contextmenu', noMenu);
  };
}
