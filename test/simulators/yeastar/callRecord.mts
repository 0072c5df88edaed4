/** How one stage of a call ended, in the words of CDR rows and of event 30012. */
export type Disposition = 'ANSWERED' | 'NO ANSWER' | 'BUSY' | 'FAILED' | 'VOICEMAIL';

export type CallTypeWord = 'Inbound' | 'Outbound' | 'Internal';

/**
 * A row of `cdr/list` and `cdr/search` (v1.0). The fields are those of the reference's live row; a field that the PBX
 * leaves out (`ring_duration` on IVR stages, an unused trunk) is absent here too.
 */
export interface CdrRow {
	/** Older firmware. */
	id?: number;
	/** Newer firmware, in place of `id`. */
	new_id?: string;
	time: string;
	/** Unix seconds: the only unambiguous time. */
	timestamp: number;
	uid: string;
	call_id: string;
	call_from: string;
	call_to: string;
	call_from_number: string;
	call_from_name: string;
	call_to_number: string;
	call_to_name: string;
	src_addr?: string;
	src_trunk?: string;
	dst_trunk?: string;
	duration: number;
	ring_duration?: number;
	talk_duration?: number;
	disposition: Disposition;
	call_type: CallTypeWord;
	did: string;
	did_name: string;
	did_number: string;
	dod_number: string;
	record_file: string;
	reason: string;
	pin_code: string;
	call_note: string;
	call_note_id: string;
	enb_call_note: number;
}

/** A recorded conversation; `recording/list` sends `id` as a number. */
export interface RecordedConversation {
	id: string;
	file: string;
	row: CdrRow;
	/** Unix seconds of the first recorded word. */
	startedAt: number;
	/** Unix milliseconds from which the file can be listed and fetched. */
	readyAt: number;
}

/** A message in a mailbox. */
export interface VoicemailMessage {
	/** `<unix seconds>-<eight hexadecimal digits>`, as in the guide's examples. */
	id: string;
	/** Number of the extension or group voicemail. */
	mailbox: string;
	from: string;
	fromName: string;
	/** Unix seconds of the first word. */
	startedAt: number;
	seconds: number;
	/** Unix milliseconds from which the message can be listed and fetched. */
	readyAt: number;
	/** Numbers of those who have heard it: the extension itself, or members of the group. */
	readBy: string[];
}
