import { createHash } from 'node:crypto';
import { isAlive, memberOf, type Leg, type Member, type MemberStatus } from './callMembers.mts';
import type { CdrRow } from './callRecord.mts';
import { newCdrMessage, rowOf, type Stage } from './callStage.mts';
import { isExtension, partyOf, type Company } from './company.mts';
import { compactTime, displayTime, type DisplayFormat } from './pbxClock.mts';

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
	/** When the 30012 frame of a row comes: all after the call (default), or each as soon as its stage is over. */
	reports?: 'afterCall' | 'asStagesEnd';
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
		if (firmware.reports !== 'asStagesEnd') return;
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
