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
import { numberOf, recordOf, secondsOf, textsOf } from './eventFields';
import { CALL_END_DETAILS, LEG_EVENT_TYPES } from './eventTypes';
import type { PbxEvent } from './frame';

/** Twice the extensions of the largest model: a call that rings everybody has fewer legs. */
const MOST_MEMBERS = 1_000;

const MEMBER_TEXTS = [
	'number',
	'from',
	'to',
	'trunk_name',
	'channel_id',
	'member_status',
	'call_path',
] as const;

const CALL_END_TEXTS = [
	'call_id',
	'time_start',
	'call_from',
	'call_to',
	'src_trunk_name',
	'dst_trunk_name',
	'status',
	'type',
	'recording',
	'did_number',
	'did_name',
] as const;

/** Of a row of `cdr/search` and `cdr/list`; names of fields differ by firmware (yeastar.md, 8.1). */
const CALL_RECORD_TEXTS = [
	'call_id',
	'call_from',
	'call_to',
	'call_from_number',
	'call_from_name',
	'call_to_number',
	'call_to_name',
	'disposition',
	'call_type',
	'src_trunk',
	'dst_trunk',
	'did_number',
	'did',
	'did_name',
	'record_file',
] as const;

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
	const { call_id: id, members = [] } = recordOf(liveCall) ?? {};
	const callId = textsOf({ id }, ['id'])?.id;
	if (!callId || !Array.isArray(members)) return [];
	const seen = { callId, observedAt: toIsoSeconds(receivedAtMs) };
	const legs: LegObservation[] = [];
	for (const member of members.slice(0, MOST_MEMBERS)) {
		const leg = legOf(member, seen);
		if (leg) legs.push(leg);
	}
	return legs;
}

function legOf(
	member: unknown,
	{ callId, observedAt }: Pick<LegObservation, 'callId' | 'observedAt'>,
): LegObservation | null {
	const sides = recordOf(member) ?? {};
	const extension = sideOf(sides.extension);
	const inbound = sideOf(sides.inbound);
	const outbound = sideOf(sides.outbound);
	if (extension === null || inbound === null || outbound === null) return null;
	const details = extension ?? inbound ?? outbound;
	const state = details && LEG_STATES[details.member_status.toUpperCase()];
	if (!details?.channel_id || !state) return null;
	const party: LegParty = extension
		? { side: 'extension', number: details.number }
		: {
				side: inbound ? 'inbound' : 'outbound',
				from: details.from,
				to: details.to,
				trunk: details.trunk_name,
			};
	const via = details.call_path || null;
	return { kind: 'leg', legId: details.channel_id, party, state, via, callId, observedAt };
}

/** Undefined for a side that the leg does not have, null for one that is no side. */
function sideOf(side: unknown) {
	if (side === undefined) return undefined;
	const fields = recordOf(side);
	return fields && textsOf(fields, MEMBER_TEXTS);
}

function observationsInCallEnd(message: unknown, pbxTime: PbxTime): RecordObservation[] {
	const fields = recordOf(message) ?? {};
	const end = textsOf(fields, CALL_END_TEXTS);
	if (!end?.call_id) return [];
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
			totalSeconds: secondsOf(fields.call_duration),
			talkSeconds: secondsOf(fields.talk_duration),
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
	const fields = recordOf(row) ?? {};
	const record = textsOf(fields, CALL_RECORD_TEXTS);
	const timestamp = numberOf(fields.timestamp);
	if (record === null || Number.isNaN(timestamp)) return null;
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
		startedAt: toIsoSeconds(timestamp * 1_000),
		totalSeconds: secondsOf(fields.duration),
		talkSeconds: secondsOf(fields.talk_duration),
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
