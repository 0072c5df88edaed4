import { createCallTracker } from '../../../nodes/call/CallTracker';
import { parseFrame } from '../../../nodes/Yeastar/events/frame';
import { observationsInEvent } from '../../../nodes/Yeastar/events/observations';
import { createPbxTime } from '../../../nodes/Yeastar/pbxTime';
import { secondsSince } from '../statistics.mts';

/** Frames per second that our fold takes in this process: texts to calls, without socket, n8n and clock. */
export function foldedPerSecond(frames: string[]): number {
	const pbxTime = createPbxTime();
	const tracker = createCallTracker();
	const now = Date.now();
	const start = performance.now();
	for (const text of frames) {
		const event = parseFrame(text);
		if (event) tracker.observe(observationsInEvent(event, now, pbxTime), now);
	}
	const perSecond = frames.length / secondsSince(start);
	if (tracker.openCallIds().length === 0) throw new Error('Nothing was folded');
	return perSecond;
}
