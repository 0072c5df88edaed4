import { setImmediate as nextTurn } from 'node:timers/promises';
import { withContactName } from './callerNames.mts';
import { firmwareOf, nowSeconds, recordCall } from './callPlayback.mts';
import type { CdrRow } from './callRecord.mts';
import { writeCallScript, type CallScript } from './callScript.mts';
import type { Phase } from './callTape.mts';
import { cutShort } from './earlyEnd.mts';
import type { EventFrame } from './eventFrame.mts';
import { wireForm } from './frameDelivery.mts';
import type { LiveCall, PbxState } from './pbxState.mts';
import type { Scenario } from './scenario.mts';

/**
 * A call that is played step by step. Each step plays all phases up to its own and gives the frames that it sent; a
 * step that the scenario does not have throws. Between the steps `call/query` shows the call.
 */
export interface SteppedCall {
	readonly callId: string;
	/** The telephones ring (in an IVR or a waiting queue: the caller is there). */
	ring: () => Promise<EventFrame[]>;
	answer: () => Promise<EventFrame[]>;
	transfer: () => Promise<EventFrame[]>;
	/**
	 * The end, wherever the call stands: before `answer` nobody answered, before `transfer` nobody was transferred. The
	 * CDR rows and the recording exist from here on. Ends that `call/hangup` brought about make this do nothing.
	 */
	hangUp: () => Promise<EventFrame[]>;
	/** The CDR rows, as they will be if the call goes on to its end. */
	readonly rows: CdrRow[];
}

/** Begins a call that starts now (unless the scenario says when) and waits for its steps; nothing is sent yet. */
export function beginCall(pbx: PbxState, given: Scenario): SteppedCall {
	const scenario = withContactName(given, pbx);
	const callNumber = pbx.nextCallNumber();
	const startNow = nowSeconds(pbx);
	const write = (scripted: Scenario) =>
		writeCallScript(scripted, firmwareOf(pbx), callNumber, { startNow });
	let script = write(scenario);
	let played: Phase | null = null;
	let over = false;

	const live: LiveCall = {
		callId: script.callId,
		direction: directionOf(script),
		members: [],
		end: () => hangUp(),
	};

	async function play(phase: Phase): Promise<EventFrame[]> {
		live.members = script.membersAfter.get(phase) ?? live.members;
		played = phase;
		const frames = script.events
			.filter((event) => event.phase === phase)
			.map((event) => wireForm(event, pbx));
		for (const frame of frames) pbx.deliver(frame);
		await nextTurn();
		return frames;
	}

	async function playThrough(phase: Phase): Promise<EventFrame[]> {
		if (!script.phases.includes(phase)) {
			throw new Error(`The scenario ${scenario.kind} has no step "${phase}"`);
		}
		if (!over && !pbx.liveCalls.includes(live)) pbx.liveCalls.push(live);
		const frames: EventFrame[] = [];
		const due = script.phases.slice(0, script.phases.indexOf(phase) + 1);
		for (const next of due.slice(played === null ? 0 : due.indexOf(played) + 1)) {
			frames.push(...(await play(next)));
		}
		return frames;
	}

	async function hangUp(): Promise<EventFrame[]> {
		if (over) return [];
		over = true;
		script = write(cutShort(scenario, played));
		const begun = played !== null || !script.phases.includes('ring');
		const frames = begun ? [] : await playThrough('ring');
		pbx.liveCalls = pbx.liveCalls.filter((other) => other !== live);
		recordCall(pbx, script);
		return [...frames, ...(await play('hangUp'))];
	}

	return {
		callId: script.callId,
		ring: () => playThrough('ring'),
		answer: () => playThrough('answer'),
		transfer: () => playThrough('transfer'),
		hangUp,
		get rows() {
			return script.rows;
		},
	};
}

function directionOf({ rows }: CallScript): LiveCall['direction'] {
	const types = rows.map((row) => row.call_type);
	if (types.includes('Inbound')) return 'inbound';
	return types.includes('Outbound') ? 'outbound' : 'internal';
}
