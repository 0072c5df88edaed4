import { z } from 'zod';
import type { CallDirection } from '../../call/Call';
import type {
	CallObservation,
	LegObservation,
	LegParty,
	LegState,
	RecordObservation,
	RecordStatus,
} from '../../call/CallObservation';
import { toIsoSeconds } from '../../call/callTimes';
import type { PbxTime } from '../pbxTime';
import { CALL_END_DETAILS, LEG_EVENT_TYPES } from './eventTypes';
import type { PbxEvent } from './frame';

/** Numbers arrive as text or as numbers, and sometimes with blanks around them. */
const text = z
	.union([z.string(), z.number()])
	.nullish()
	// No number or name of a PBX comes near this; a longer text is not worth the time of reading it.
	.transform((value) =>
		String(value ?? '')
			.slice(0, 200)
			.trim(),
	);
const LONGEST_DURATION_SECONDS = 7 * 86_400;
const seconds = z.coerce
	.number()
	.nonnegative()
	.max(LONGEST_DURATION_SECONDS)
	.catch(0)
	.transform(Math.round);

/** Twice the extensions of the largest model: a call that rings everybody has fewer legs. */
const MOST_MEMBERS = 1_000;

const MEMBER_DETAILS = z.object({
	number: text,
	from: text,
	to: text,
	trunk_name: text,
	channel_id: text,
	member_status: text,
	call_path: text,
});
const MEMBER = z.object({
	extension: MEMBER_DETAILS.optional(),
	inbound: MEMBER_DETAILS.optional(),
	outbound: MEMBER_DETAILS.optional(),
});
const LIVE_CALL = z.object({
	call_id: text,
	members: z.array(z.unknown()).nullish(),
});

const CALL_END = z.object({
	call_id: text,
	time_start: text,
	call_from: text,
	call_to: text,
	call_duration: seconds,
	talk_duration: seconds,
	src_trunk_name: text,
	dst_trunk_name: text,
	status: text,
	type: text,
	recording: text,
	did_number: text,
	did_name: text,
});

/** A row of `cdr/search` and `cdr/list`; names of fields differ by firmware (yeastar.md, 8.1). */
const CALL_RECORD_ROW = z.object({
	call_id: text,
	timestamp: z.coerce.number(),
	call_from: text,
	call_to: text,
	call_from_number: text,
	call_from_name: text,
	call_to_number: text,
	call_to_name: text,
	duration: seconds,
	talk_duration: seconds,
	disposition: text,
	call_type: text,
	src_trunk: text,
	dst_trunk: text,
	did_number: text,
	did: text,
	did_name: text,
	record_file: text,
});

/** `member_status` of the guide: ALERT and RING before the answer, ANSWERED (caller) and ANSWER (callee) after it. */
const LEG_STATES: Record<string, LegState> = {
	ALERT: 'ringing',
	RING: 'ringing',
	ANSWERED: 'talking',
	ANSWER: 'talking',
	HOLD: 'talking',
	BYE: 'ended',
};

/** The guide misspells ANSWERED as "ANSWERD" for event 30012. */
const RECORD_STATUSES: Record<string, RecordStatus> = {
	ANSWERED: 'answered',
	ANSWERD: 'answered',
	'NO ANSWER': 'unanswered',
	BUSY: 'busy',
	FAILED: 'failed',
	VOICEMAIL: 'voicemail',
};

const DIRECTIONS: readonly CallDirection[] = ['inbound', 'outbound', 'internal'];

function directionOf(type: string): CallDirection {
	return DIRECTIONS.find((direction) => direction === type.toLowerCase()) ?? 'internal';
}

/** What an event says about calls; nothing for events about other things and for malformed ones. */
export function observationsInEvent(
	event: PbxEvent,
	receivedAtMs: number,
	pbxTime: PbxTime,
): CallObservation[] {
	if (LEG_EVENT_TYPES.includes(event.type))
		return observationsInLiveCall(event.message, receivedAtMs);
	if (event.type === CALL_END_DETAILS) return observationsInCallEnd(event.message, pbxTime);
	return [];
}

/** The legs of one call: the message of event 30011, and an entry of `call/query`. */
export function observationsInLiveCall(liveCall: unknown, receivedAtMs: number): LegObservation[] {
	const parsed = LIVE_CALL.safeParse(liveCall);
	if (!parsed.success || !parsed.data.call_id) return [];
	const { call_id: callId, members } = parsed.data;
	return (members ?? []).slice(0, MOST_MEMBERS).flatMap((member) => {
		const leg = legOf(member);
		return leg ? [{ ...leg, callId, observedAt: toIsoSeconds(receivedAtMs) }] : [];
	});
}

function legOf(member: unknown): Omit<LegObservation, 'callId' | 'observedAt'> | null {
	const parsed = MEMBER.safeParse(member);
	if (!parsed.success) return null;
	const { extension, inbound, outbound } = parsed.data;
	const details = extension ?? inbound ?? outbound;
	const state = details && LEG_STATES[details.member_status.toUpperCase()];
	if (!details?.channel_id || !state) return null;
	const party: LegParty = extension
		? { side: 'extension', number: extension.number }
		: {
				side: inbound ? 'inbound' : 'outbound',
				from: details.from,
				to: details.to,
				trunk: details.trunk_name,
			};
	return { kind: 'leg', legId: details.channel_id, party, state, via: details.call_path || null };
}

function observationsInCallEnd(message: unknown, pbxTime: PbxTime): RecordObservation[] {
	const parsed = CALL_END.safeParse(message);
	if (!parsed.success || !parsed.data.call_id) return [];
	const end = parsed.data;
	const status = RECORD_STATUSES[end.status.toUpperCase()];
	const startedAtMs = pbxTime.toUtc(end.time_start, end.call_id);
	if (!status || startedAtMs === null) return [];
	return [
		{
			kind: 'record',
			callId: end.call_id,
			direction: directionOf(end.type),
			...numbersAndNames(end.call_from, end.call_to),
			startedAt: toIsoSeconds(startedAtMs),
			totalSeconds: end.call_duration,
			talkSeconds: end.talk_duration,
			status,
			trunk: end.src_trunk_name || end.dst_trunk_name || null,
			leftByTrunk: end.dst_trunk_name !== '',
			did: end.did_number || null,
			didName: end.did_name || null,
			recordingFile: end.recording || null,
		},
	];
}

/**
 * A row of the call records as an observation, with an empty callId where the firmware writes none; null for a row that
 * says neither when nor how it ended.
 */
export function observationOfRecordRow(row: unknown): RecordObservation | null {
	const parsed = CALL_RECORD_ROW.safeParse(row);
	if (!parsed.success) return null;
	const record = parsed.data;
	const status = RECORD_STATUSES[record.disposition.toUpperCase()];
	if (!status) return null;
	const parties = numbersAndNames(record.call_from, record.call_to);
	return {
		kind: 'record',
		callId: record.call_id,
		direction: directionOf(record.call_type),
		from: record.call_from_number || parties.from,
		fromName: record.call_from_name || parties.fromName,
		to: record.call_to_number || parties.to,
		toName: record.call_to_name || parties.toName,
		startedAt: toIsoSeconds(record.timestamp * 1_000),
		totalSeconds: record.duration,
		talkSeconds: record.talk_duration,
		status,
		trunk: record.src_trunk || record.dst_trunk || null,
		leftByTrunk: record.dst_trunk !== '',
		did: record.did_number || record.did || null,
		didName: record.did_name || null,
		recordingFile: record.record_file || null,
	};
}

function numbersAndNames(
	from: string,
	to: string,
): Pick<RecordObservation, 'from' | 'fromName' | 'to' | 'toName'> {
	const caller = splitParty(from);
	const callee = splitParty(to);
	return { from: caller.number, fromName: caller.name, to: callee.number, toName: callee.name };
}

/** `Amina Otieno<0700111222>` or a bare number. */
function splitParty(party: string): { number: string; name: string | null } {
	const named = /^(.*)<([^<>]*)>$/.exec(party);
	if (!named) return { number: party, name: null };
	return { number: named[2].trim(), name: named[1].trim() || null };
}
