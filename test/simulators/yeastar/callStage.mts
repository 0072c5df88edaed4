import type { CallTypeWord, CdrRow, Disposition } from './callRecord.mts';
import type { Party } from './company.mts';
import { eventTime } from './pbxClock.mts';

/** One routing stage of a call, which becomes one CDR row and one 30012 frame. */
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

const nameAndNumber = ({ number, name }: Party) => (name === '' ? number : `${name}<${number}>`);

/** What a row has beside its stage: ids and the start in the forms of the firmware. */
interface RowFrame {
	file: string;
	uid: string;
	callId: string;
	time: string;
	timestamp: number;
	callNoteId: string;
}

export function rowOf(stage: Stage, frame: RowFrame): CdrRow {
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

/** The decoded `msg` of event 30012. */
export function newCdrMessage(row: CdrRow, agentRingTime: number, timeZone: string) {
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
