import { seededRandom } from '../seededRandom.mts';
import type { ScriptedEvent } from './callTape.mts';
import type { EventFrame } from './eventFrame.mts';
import type { PbxState } from './pbxState.mts';

/** How the frames of a placed call reach the sockets. */
export interface Delivery {
	/** How often each frame is sent. Default 1. */
	repeat?: number;
	/** Sends the frames in another order; equal seeds give equal orders. */
	shuffle?: number;
	/** The frames come this much later than the CDR rows. */
	delayFramesMs?: number;
	/** True for a frame that gets lost. */
	withhold?: (frame: EventFrame) => boolean;
	/** Sends phase by phase, and lets other work go on in between. */
	splitPhases?: true;
}

/** The event in the form that this PBX sends. */
export function wireForm(event: ScriptedEvent, { settings }: PbxState): EventFrame {
	const msg = settings.msgForm === 'text' ? JSON.stringify(event.msg) : event.msg;
	return { type: event.type, sn: settings.serial, msg };
}

/** The frames of these events as they are to be sent: some withheld, repeated, in another order. */
export function arrange(events: ScriptedEvent[], delivery: Delivery, pbx: PbxState): EventFrame[] {
	const frames = events
		.map((event) => wireForm(event, pbx))
		.filter((frame) => !(delivery.withhold?.(frame) ?? false));
	const repeated = frames.flatMap((frame) => Array<EventFrame>(delivery.repeat ?? 1).fill(frame));
	return delivery.shuffle === undefined ? repeated : shuffled(repeated, delivery.shuffle);
}

/** Fisher-Yates, so that a seed reproduces a failing order. */
function shuffled<T>(items: T[], seed: number): T[] {
	const result = [...items];
	const random = seededRandom(seed);
	for (let index = result.length - 1; index > 0; index--) {
		const other = Math.floor(random() * (index + 1));
		[result[index], result[other]] = [result[other], result[index]];
	}
	return result;
}
