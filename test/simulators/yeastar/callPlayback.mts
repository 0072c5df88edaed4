import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { withContactName } from './callerNames.mts';
import type { CdrRow, VoicemailMessage } from './callRecord.mts';
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

/** Shorter messages are thrown away (administrator guide, Voicemail Overview: 2 seconds by default). */
const SHORTEST_MESSAGE_SECONDS = 2;

/** Writes the CDR rows, the recordings and the voicemail of a call that is over. */
export function recordCall(pbx: PbxState, script: CallScript): void {
	pbx.cdr.push(...script.rows);
	const readyAt = pbx.settings.now() + pbx.settings.recordingDelayMs;
	for (const { file, row, startedAt } of script.recordings) {
		pbx.recordings.push({ id: String(pbx.nextId()), file, row, startedAt, readyAt });
	}
	pbx.voicemails.push(...script.rows.flatMap((row) => messagesOf(row, pbx, readyAt)));
}

/** What a stage of a call leaves in mailboxes; a group voicemail may hand it on to its members. */
function messagesOf(row: CdrRow, pbx: PbxState, readyAt: number): VoicemailMessage[] {
	const seconds = row.talk_duration ?? 0;
	if (row.disposition !== 'VOICEMAIL' || seconds < SHORTEST_MESSAGE_SECONDS) return [];
	const called = row.call_to_number;
	const group = pbx.settings.company.groupVoicemails.find(({ number }) => number === called);
	const mailboxes = group?.mode === 'broadcast' ? group.members : [called];
	const startedAt = row.timestamp + (row.ring_duration ?? 0);
	return mailboxes.map((mailbox) => ({
		id: `${startedAt}-${pbx.nextId().toString(16).padStart(8, '0')}`,
		mailbox,
		from: row.call_from_number,
		fromName: row.call_from_name,
		startedAt,
		seconds,
		readyAt,
		readBy: [],
	}));
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
