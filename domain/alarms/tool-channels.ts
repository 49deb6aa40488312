import type { ChannelName } from '../telemetry/channels.js';

/** These tell of the tool in the turret and not of the cut: each tool has an alarm of its own, which outlives the job. */
export const TOOL_CHANNELS: ReadonlySet<ChannelName> = new Set(['toolWear', 'flankWear', 'remainingUsefulLife']);
