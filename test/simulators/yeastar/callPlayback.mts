import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { withContactName } from './callerNames.mts';
import type { CdrRow } from './callRecord.mts';
import { writeCallScript, type CallScript } from './callScript.mts';
import type { Firmware, ScriptedEvent } from './callTape.mts';
import type { EventFrame } from './eventFrame.mts';
import { arrange, type Delivery } from './frameDelivery.mts';
import type { PbxState } from './pbxState.mts';
import type { Scenario } from './scenario.mts';

export interface PlacedCall {
	callId: string;
	/** As sent: without those withheld, with repeats, in the order of sending. */
	frames: EventFrame[];
	rows: CdrRow[];
}

export function firmwareOf({ settings }: PbxState): Firmware {
	return {
		company: settings.company,
		timeZone: settings.timeZone,
		displayFormat: settings.displayFormat,
		uidPer: settings.cdr.uidPer,
		rowId: settings.cdr.rowId,
		members: settings.members,
		reports: settings.reports,
	};
}

export const nowSeconds = (pbx: PbxState) => Math.floor(pbx.settings.now() / 1000);

/** Writes the CDR rows and the recordings of a call that is over. */
export function recordCall(pbx: PbxState, script: CallScript): void {
	pbx.cdr.push(...script.rows);
	for (const { file, row, startedAt } of script.recordings) {
		pbx.recordings.push({
			id: String(pbx.nextId()),
			file,
			row,
			startedAt,
			readyAt: pbx.settings.now() + pbx.settings.recordingDelayMs,
		});
	}
}

const scriptOf = (pbx: PbxState, scenario: Scenario) =>
	writeCallScript(withContactName(scenario, pbx), firmwareOf(pbx), pbx.nextCallNumber(), {
		now: nowSeconds(pbx),
	});

/** A call happens as a whole: it is recorded, and its frames are delivered at once. */
export async function placeCall(
	pbx: PbxState,
	scenario: Scenario,
	delivery: Delivery = {},
): Promise<PlacedCall> {
	const script = scriptOf(pbx, scenario);
	recordCall(pbx, script);
	if (delivery.delayFramesMs !== undefined) await pause(delivery.delayFramesMs);

	const batches: ScriptedEvent[][] = delivery.splitPhases
		? script.phases.map((phase) => script.events.filter((event) => event.phase === phase))
		: [script.events];
	const frames: EventFrame[] = [];
	for (const [index, batch] of batches.entries()) {
		if (index > 0) await nextTurn();
		const batchFrames = arrange(batch, delivery, pbx);
		for (const frame of batchFrames) pbx.deliver(frame);
		frames.push(...batchFrames);
	}
	return { callId: script.callId, frames, rows: script.rows };
}

/** A call that happens while nobody is connected: CDR rows and recording, no frame. */
export function placeCallSilently(pbx: PbxState, scenario: Scenario): PlacedCall {
	const script = scriptOf(pbx, scenario);
	recordCall(pbx, script);
	return { callId: script.callId, frames: [], rows: script.rows };
}
