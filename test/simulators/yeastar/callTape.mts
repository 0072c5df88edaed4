import { createHash } from 'node:crypto';
import type { CallTypeWord, CdrRow, Disposition } from './callRecord.mts';
import { isExtension, partyOf, type Company, type Party } from './company.mts';
import { compactTime, displayTime, eventTime, type DisplayFormat } from './pbxClock.mts';

/** Event ids of the reference's section 10.2. */
export const eventType = {
	extensionStatus: 30008,
	callStatus: 30011,
	newCdr: 30012,
	transfer: 30013,
	forward: 30014,
	failure: 30015,
	invitation: 30016,
	survey: 30019,
} as const;

/** The points at which a stepwise call can be held. */
export type Phase = 'ring' | 'answer' | 'transfer' | 'hangUp';

export type MemberStatus = 'ALERT' | 'RING' | 'ANSWERED' | 'ANSWER' | 'HOLD' | 'BYE';

/** One living leg of the call, as events and `call/query` list it. */
export interface Leg {
	kind: 'extension' | 'inbound' | 'outbound';
	/** The extension's number; empty on trunk legs. */
	number: string;
	from: string;
	to: string;
	trunk: string;
	channelId: string;
	status: MemberStatus;
	callPath: string;
}

export interface MemberFields {
	channel_id: string;
	member_status: MemberStatus;
	call_path: string;
	/** Extension legs. */
	number?: string;
	/** Trunk legs. */
	from?: string;
	to?: string;
	trunk_name?: string;
}

/** A leg as events and `call/query` show it: exactly one of the three keys. */
export type Member = Partial<Record<Leg['kind'], MemberFields>>;

export interface ScriptedEvent {
	phase: Phase;
	type: number;
	/** Decoded; the wire form has it as JSON text. */
	msg: Record<string, unknown>;
}

export interface ScriptedRecording {
	file: string;
	row: CdrRow;
	startedAt: number;
}

/** How the simulated firmware words things; the same for all calls of one PBX. */
export interface Firmware {
	company: Company;
	timeZone: string;
	displayFormat: DisplayFormat;
	/** `call`: all rows of a call share one `uid` (37.23.0.83, live); `leg`: each row has its own. */
	uidPer: 'call' | 'leg';
	/** Which of the two row ids the CDR has. */
	rowId: 'new_id' | 'id';
	/** 30011 lists all living legs, or those alone that changed: both are in the field. */
	members: 'all' | 'changed';
	/** When the 30012 frame of a row comes: all after the call, or each as soon as its stage is over. */
	reports: 'afterCall' | 'asStagesEnd';
}

export interface Stage {
	from: Party;
	to: Party;
	/** Seconds after the start of the call. */
	at: number;
	/** Absent on IVR stages. */
	ringSeconds?: number;
	talkSeconds: number;
	disposition: Disposition;
	type: CallTypeWord;
	srcTrunk?: string;
	dstTrunk?: string;
	did?: Party;
	dod?: string;
	reason?: string;
	recorded?: boolean;
	/** From entering the queue to the agent's answer. */
	agentRingSeconds?: number;
}

/**
 * Writes down one call: a clock that only the script moves, the living legs, the events in order, and the CDR rows,
 * which become the 30012 frames.
 */
export function startTape(firmware: Firmware, startedAt: number, sequence: number, callId: string) {
	const events: ScriptedEvent[] = [];
	const rows: CdrRow[] = [];
	const recordings: ScriptedRecording[] = [];
	const reported = new Set<CdrRow>();
	const agentRing = new Map<CdrRow, number>();
	const membersAfter = new Map<Phase, Member[]>();
	let legs: Leg[] = [];
	let announced = new Map<string, MemberStatus>();
	let phase: Phase = 'ring';
	let elapsed = 0;
	let channels = 0;

	const emit = (type: number, msg: Record<string, unknown>) => {
		events.push({ phase, type, msg });
		membersAfter.set(phase, legs.filter(isAlive).map(memberOf));
	};

	// Sixty-four channels a call: more than the largest queue of a script rings.
	const nextChannel = () => (sequence * 64 + ++channels).toString(16).padStart(8, '0');

	/** Rows of stages that are over by now and have not been reported. */
	const reportEndedStages = () => {
		if (firmware.reports === 'afterCall') return;
		const ended = rows.filter((row) => row.timestamp + row.duration <= startedAt + elapsed);
		report(ended.filter((row) => !reported.has(row)));
	};

	const report = (due: CdrRow[]) => {
		for (const row of due) {
			reported.add(row);
			emit(eventType.newCdr, newCdrMessage(row, agentRing.get(row) ?? 0, firmware.timeZone));
		}
	};

	const addLeg = (leg: Leg) => {
		legs.push(leg);
		return leg;
	};

	const uidOf = (leg: number, at: number) => {
		const hex = createHash('sha1').update(`${callId}/${leg}`).digest('hex').slice(0, 5);
		return compactTime(startedAt + at, firmware.timeZone) + hex.toUpperCase();
	};

	const changedLegs = () => {
		const shown =
			firmware.members === 'all'
				? legs
				: legs.filter((leg) => announced.get(leg.channelId) !== leg.status);
		announced = new Map(legs.map((leg) => [leg.channelId, leg.status]));
		return shown.map(memberOf);
	};

	return {
		callId,
		company: firmware.company,
		events,
		rows,
		recordings,
		membersAfter,
		get elapsed() {
			return elapsed;
		},
		enter(next: Phase) {
			phase = next;
		},
		wait(seconds: number) {
			elapsed += seconds;
		},
		inbound(from: string, to: string, trunk: string, status: MemberStatus, callPath = ''): Leg {
			const channelId = `PJSIP/trunk-${trunk}-endpoint-${nextChannel()}`;
			return addLeg({ kind: 'inbound', number: '', from, to, trunk, channelId, status, callPath });
		},
		outbound(from: string, to: string, trunk: string, status: MemberStatus): Leg {
			const channelId = `PJSIP/trunk-${trunk}-endpoint-${nextChannel()}`;
			return addLeg({
				kind: 'outbound',
				number: '',
				from,
				to,
				trunk,
				channelId,
				status,
				callPath: '',
			});
		},
		extension(number: string, status: MemberStatus, callPath = ''): Leg {
			const channelId = `PJSIP/${number}-${nextChannel()}`;
			return addLeg({
				kind: 'extension',
				number,
				from: '',
				to: '',
				trunk: '',
				channelId,
				status,
				callPath,
			});
		},
		/** Event 30011 (or another one that lists members); legs that said BYE are gone afterwards. */
		tellMembers(type: number = eventType.callStatus, extra: Record<string, unknown> = {}) {
			reportEndedStages();
			emit(type, { call_id: callId, ...extra, members: changedLegs() });
			legs = legs.filter(isAlive);
			membersAfter.set(phase, legs.map(memberOf));
		},
		/** Ends every leg that still lives, in one 30011. */
		everybodyLeaves() {
			for (const leg of legs) leg.status = 'BYE';
			this.tellMembers();
		},
		/** Event 30008; other numbers than extensions have no monitor. */
		monitor(number: string, status: 'Ringing' | 'Busy' | 'Idle') {
			if (!isExtension(firmware.company, number)) return;
			emit(eventType.extensionStatus, { extension: number, status });
		},
		emit,
		party: (number: string) => partyOf(firmware.company, number),
		/** Adds a CDR row; its 30012 frame comes with `reportRows`. */
		stage(stage: Stage) {
			const leg = rows.length;
			const uid = firmware.uidPer === 'call' ? uidOf(0, 0) : uidOf(leg, stage.at);
			const answeredAt = startedAt + stage.at + (stage.ringSeconds ?? 0);
			const file = stage.recorded
				? [
						compactTime(answeredAt, firmware.timeZone),
						callId,
						stage.from.number,
						stage.to.number,
						`${stage.type}.wav`,
					].join('-')
				: '';
			const row = rowOf(stage, {
				file,
				uid,
				callId,
				time: displayTime(startedAt + stage.at, firmware.timeZone, firmware.displayFormat),
				timestamp: startedAt + stage.at,
				callNoteId: `${compactTime(startedAt, firmware.timeZone)}-${uid.slice(-5)}`,
			});
			// Longer than 2^53 on purpose: a client that reads it as a number merges two rows.
			const newId = 1_700_000_000_000_000_000n + BigInt(sequence * 100 + leg);
			if (firmware.rowId === 'id') row.id = sequence * 100 + leg;
			else row.new_id = newId.toString();
			rows.push(row);
			if (file !== '') recordings.push({ file, row, startedAt: answeredAt });
			agentRing.set(row, stage.agentRingSeconds ?? 0);
			return row;
		},
		/** Event 30012 for one row, or for all that have not been reported. */
		reportRows(...only: CdrRow[]) {
			report(only.length > 0 ? only : rows.filter((row) => !reported.has(row)));
		},
	};
}

export type CallTape = ReturnType<typeof startTape>;

const isAlive = (leg: Leg) => leg.status !== 'BYE';

function memberOf(leg: Leg): Member {
	const common = {
		channel_id: leg.channelId,
		member_status: leg.status,
		call_path: leg.callPath,
	};
	if (leg.kind === 'extension') return { extension: { number: leg.number, ...common } };
	const trunkLeg = { from: leg.from, to: leg.to, trunk_name: leg.trunk, ...common };
	return { [leg.kind]: trunkLeg };
}

const nameAndNumber = ({ number, name }: Party) => (name === '' ? number : `${name}<${number}>`);

interface RowFrame {
	file: string;
	uid: string;
	callId: string;
	time: string;
	timestamp: number;
	callNoteId: string;
}

function rowOf(stage: Stage, frame: RowFrame): CdrRow {
	const row: CdrRow = {
		time: frame.time,
		timestamp: frame.timestamp,
		uid: frame.uid,
		call_id: frame.callId,
		call_from: nameAndNumber(stage.from),
		call_to: nameAndNumber(stage.to),
		call_from_number: stage.from.number,
		call_from_name: stage.from.name,
		call_to_number: stage.to.number,
		call_to_name: stage.to.name,
		duration: (stage.ringSeconds ?? 0) + stage.talkSeconds,
		talk_duration: stage.talkSeconds,
		disposition: stage.disposition,
		call_type: stage.type,
		did: stage.did?.number ?? '',
		did_name: stage.did?.name ?? '',
		did_number: stage.did?.number ?? '',
		dod_number: stage.dod ?? '',
		record_file: frame.file,
		reason: stage.reason ?? '',
		pin_code: '',
		call_note: '',
		call_note_id: frame.callNoteId,
		enb_call_note: 1,
	};
	if (stage.ringSeconds !== undefined) row.ring_duration = stage.ringSeconds;
	if (stage.srcTrunk !== undefined) row.src_trunk = stage.srcTrunk;
	if (stage.dstTrunk !== undefined) row.dst_trunk = stage.dstTrunk;
	return row;
}

function newCdrMessage(row: CdrRow, agentRingTime: number, timeZone: string) {
	return {
		call_id: row.call_id,
		time_start: eventTime(row.timestamp, timeZone),
		call_from: row.call_from_number,
		call_to: row.call_to_number,
		call_duration: row.duration,
		talk_duration: row.talk_duration ?? 0,
		src_trunk_name: row.src_trunk ?? '',
		// The guide shows a blank here: a client has to trim.
		dst_trunk_name: row.dst_trunk ?? ' ',
		pin_code: row.pin_code,
		status: row.disposition,
		type: row.call_type,
		recording: row.record_file,
		did_number: row.did_number,
		did_name: row.did_name,
		agent_ring_time: agentRingTime,
		uid: row.uid,
		call_note_id: row.call_note_id,
		enb_call_note: row.enb_call_note,
		is_display: 1,
		realclidnum: '',
	};
}
