import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { CdrRow } from './callRecord.mts';
import { writeCallScript, type CallScript } from './callScript.mts';
import type { Firmware, Phase, ScriptedEvent } from './callTape.mts';
import type { EventFrame, EventSockets } from './eventSockets.mts';
import type { LiveCall, PbxState } from './pbxState.mts';
import type { Scenario } from './scenario.mts';

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

export interface PlacedCall {
	callId: string;
	/** As sent: without those withheld, with repeats, in the order of sending. */
	frames: EventFrame[];
	rows: CdrRow[];
}

/** A call that is played step by step; each step plays everything up to and including that phase. */
export interface SteppedCall {
	callId: string;
	/** The telephones ring (in an IVR or a waiting queue: the caller is there). */
	ring: () => Promise<EventFrame[]>;
	answer: () => Promise<EventFrame[]>;
	transfer: () => Promise<EventFrame[]>;
	/** The end; the CDR rows and the recording exist from here on. */
	hangUp: () => Promise<EventFrame[]>;
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
	};
}

const nowSeconds = (pbx: PbxState) => Math.floor(pbx.settings.now() / 1000);

function wireForm(event: ScriptedEvent, { settings }: PbxState): EventFrame {
	const msg = settings.msgForm === 'text' ? JSON.stringify(event.msg) : event.msg;
	return { type: event.type, sn: settings.serial, msg };
}

/** Writes the CDR rows and the recordings of a call that is over. */
function record(pbx: PbxState, script: CallScript): void {
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

/** A call happens as a whole: it is recorded, and its frames are delivered at once. */
export async function placeCall(
	pbx: PbxState,
	sockets: EventSockets,
	scenario: Scenario,
	delivery: Delivery = {},
): Promise<PlacedCall> {
	const clock = { now: nowSeconds(pbx) };
	const script = writeCallScript(scenario, firmwareOf(pbx), pbx.nextCallNumber(), clock);
	record(pbx, script);
	if (delivery.delayFramesMs !== undefined) await pause(delivery.delayFramesMs);

	const batches: ScriptedEvent[][] = delivery.splitPhases
		? script.phases.map((phase) => script.events.filter((event) => event.phase === phase))
		: [script.events];
	const frames: EventFrame[] = [];
	for (const [index, batch] of batches.entries()) {
		if (index > 0) await nextTurn();
		const batchFrames = arrange(batch, delivery, pbx);
		for (const frame of batchFrames) sockets.send(frame);
		frames.push(...batchFrames);
	}
	return { callId: script.callId, frames, rows: script.rows };
}

/** A call that happens while nobody is connected: CDR rows and recording, no frame. */
export function placeCallSilently(pbx: PbxState, scenario: Scenario): PlacedCall {
	const clock = { now: nowSeconds(pbx) };
	const script = writeCallScript(scenario, firmwareOf(pbx), pbx.nextCallNumber(), clock);
	record(pbx, script);
	return { callId: script.callId, frames: [], rows: script.rows };
}

/** Begins a call that starts now and waits for its steps; nothing is sent yet. */
export function beginCall(pbx: PbxState, sockets: EventSockets, scenario: Scenario): SteppedCall {
	const clock = { startNow: nowSeconds(pbx) };
	const script = writeCallScript(scenario, firmwareOf(pbx), pbx.nextCallNumber(), clock);
	let played = 0;
	const live: LiveCall = {
		callId: script.callId,
		direction: directionOf(script.rows),
		members: [],
		end: async () => {
			await playUntil('hangUp');
		},
	};

	async function playUntil(phase: Phase): Promise<EventFrame[]> {
		const last = script.phases.indexOf(phase);
		if (last === -1) throw new Error(`Nobody can ${phase} in this scenario: ${scenario.kind}`);
		const frames: EventFrame[] = [];
		while (played <= last) {
			const current = script.phases[played++];
			live.members = script.membersAfter.get(current) ?? live.members;
			if (current === 'hangUp') {
				pbx.liveCalls = pbx.liveCalls.filter((other) => other !== live);
				record(pbx, script);
			} else if (!pbx.liveCalls.includes(live)) {
				pbx.liveCalls.push(live);
			}
			for (const event of script.events.filter((candidate) => candidate.phase === current)) {
				const frame = wireForm(event, pbx);
				sockets.send(frame);
				frames.push(frame);
			}
			await nextTurn();
		}
		return frames;
	}

	return {
		callId: script.callId,
		ring: () => playUntil('ring'),
		answer: () => playUntil('answer'),
		transfer: () => playUntil('transfer'),
		hangUp: () => playUntil('hangUp'),
		rows: script.rows,
	};
}

function directionOf(rows: CdrRow[]): LiveCall['direction'] {
	const types = rows.map((row) => row.call_type);
	if (types.includes('Inbound')) return 'inbound';
	return types.includes('Outbound') ? 'outbound' : 'internal';
}

function arrange(events: ScriptedEvent[], delivery: Delivery, pbx: PbxState): EventFrame[] {
	const frames = events
		.map((event) => wireForm(event, pbx))
		.filter((frame) => !(delivery.withhold?.(frame) ?? false));
	const repeated = frames.flatMap((frame) => Array<EventFrame>(delivery.repeat ?? 1).fill(frame));
	return delivery.shuffle === undefined ? repeated : shuffled(repeated, delivery.shuffle);
}

/** Fisher-Yates with a small generator (mulberry32), so that a seed reproduces a failing order. */
function shuffled<T>(items: T[], seed: number): T[] {
	const result = [...items];
	let state = seed;
	const random = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	for (let index = result.length - 1; index > 0; index--) {
		const other = Math.floor(random() * (index + 1));
		[result[index], result[other]] = [result[other], result[index]];
	}
	return result;
}
