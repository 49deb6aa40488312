import { type Tier, tierOf } from './quality-ladder';

/** What draws on this computer: asks WebGL for its renderer's name. `?tier=high|software` overrides. Null without WebGL 2. */
export function probeTier(search: string): Tier | null {
  const context = document.createElement('canvas').getContext('webgl2');
  if (!context) return null;
  const details = context.getExtension('WEBGL_debug_renderer_info');
  const name = context.getParameter(details ? details.UNMASKED_RENDERER_WEBGL : context.RENDERER) as string;
  context.getExtension('WEBGL_lose_context')?.loseContext();
  const wanted = new URLSearchParams(search).get('tier');
  return wanted === 'high' || wanted === 'software' ? wanted : tierOf(name);
}
