import { z } from 'zod';
import type { RecordedConversation } from '../callRecord.mts';
import { downloadAnswer, downloadStamp } from '../downloads.mts';
import { invalidParameter, notFound } from '../errcodes.mts';
import { displayTime } from '../pbxClock.mts';
import type { PbxState } from '../pbxState.mts';
import { toneAsWav } from '../wavTone.mts';
import { searchTime } from './cdrEndpoints.mts';
import { get, wholeNumber, type Endpoint } from './endpoint.mts';
import { byField, pageOf, pagingParameters, type Paging } from './paging.mts';

/** Recordings whose files have been written; those of calls that ended just now come later. */
const ready = (pbx: PbxState) =>
	pbx.recordings.filter(({ readyAt }) => readyAt <= pbx.settings.now());

function rowOf({ id, file, row, startedAt }: RecordedConversation, pbx: PbxState) {
	const { timeZone, displayFormat } = pbx.settings;
	return {
		id: Number(id),
		time: displayTime(startedAt, timeZone, displayFormat),
		uid: row.uid,
		call_from: row.call_from,
		call_to: row.call_to,
		call_from_number: row.call_from_number,
		call_from_name: row.call_from_name,
		call_to_number: row.call_to_number,
		call_to_name: row.call_to_name,
		duration: row.talk_duration ?? 0,
		size: toneAsWav(row.talk_duration ?? 1).length,
		call_type: row.call_type,
		file,
		archive_status: '',
		archive_path: '',
	};
}

function list(recordings: RecordedConversation[], paging: Paging, pbx: PbxState) {
	const rows = recordings.map((recording) => rowOf(recording, pbx));
	const page = pageOf(rows, paging, pbx, byField('id', 'time', 'duration', 'size'));
	return { total_number: page.total_number, data: page.rows };
}

// Filters are named as those of the CDR (unconfirmed).
const filters = z.object({
	...pagingParameters,
	start_time: z.string().optional(),
	end_time: z.string().optional(),
	call_from: z.string().optional(),
	call_to: z.string().optional(),
});

export const recordingEndpoints: Endpoint[] = [
	get('recording/list', { query: z.object(pagingParameters) }, ({ query, pbx }) =>
		list(ready(pbx), query, pbx),
	),
	get('recording/search', { query: filters }, ({ query, pbx }) => {
		const start = searchTime(query.start_time, 'start_time', pbx) ?? 0;
		const end = searchTime(query.end_time, 'end_time', pbx) ?? Number.POSITIVE_INFINITY;
		const found = ready(pbx).filter(
			({ row, startedAt }) =>
				startedAt >= start &&
				startedAt <= end &&
				(query.call_from === undefined || row.call_from_number === query.call_from) &&
				(query.call_to === undefined || row.call_to_number === query.call_to),
		);
		return list(found, query, pbx);
	}),
	get(
		'recording/download',
		{ query: z.object({ id: wholeNumber.optional(), file: z.string().optional() }) },
		({ query, pbx }) => {
			if (query.id === undefined && query.file === undefined) throw invalidParameter('id');
			const recording = ready(pbx).find(
				({ id, file }) => id === String(query.id) || file === query.file,
			);
			if (recording === undefined) throw notFound();
			const path = `/api/download/Recording-download-${downloadStamp(pbx)}.wav`;
			return downloadAnswer(pbx, path, recording.file, recording.row.talk_duration ?? 1);
		},
	),
];
