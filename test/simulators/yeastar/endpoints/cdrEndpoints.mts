import { z } from 'zod';
import type { CdrRow } from '../callRecord.mts';
import { invalidParameter } from '../errcodes.mts';
import { parseDisplayTime } from '../pbxClock.mts';
import type { PbxState } from '../pbxState.mts';
import { get, type Endpoint } from './endpoint.mts';
import { byField, pageOf, pagingParameters, type Paging, type SortKeys } from './paging.mts';

const sortKeys: SortKeys<CdrRow> = {
	...byField<CdrRow>(
		'id',
		'uid',
		'duration',
		'ring_duration',
		'talk_duration',
		'disposition',
		'src_trunk',
		'dst_trunk',
		'call_type',
		'did_number',
		'dod_number',
		'src_addr',
	),
	// Chronological, whatever order the display format gives to day and month.
	time: (row) => row.timestamp,
};

const noteFilters = {
	disposition_code_list: z.string().optional(),
	call_note_remark: z.string().optional(),
};

function list(rows: CdrRow[], paging: Paging, pbx: PbxState) {
	const page = pageOf(rows, paging, pbx, sortKeys);
	return { total_number: page.total_number, data: page.rows };
}

/** Unix seconds of a time filter, in the one form that this firmware takes; another form answers 40002. */
export function searchTime(text: string | undefined, field: string, pbx: PbxState): number | null {
	if (text === undefined || text === '') return null;
	const { cdr, timeZone, displayFormat } = pbx.settings;
	const seconds =
		cdr.searchTime === 'unix'
			? /^\d{1,11}$/.test(text)
				? Number(text)
				: null
			: parseDisplayTime(text, timeZone, displayFormat);
	if (seconds === null) throw invalidParameter(field, 'format');
	return seconds;
}

const searchFilters = z.object({
	...pagingParameters,
	...noteFilters,
	start_time: z.string().optional(),
	end_time: z.string().optional(),
	call_from: z.string().optional(),
	call_to: z.string().optional(),
	extension_group: z.string().optional(),
	status: z.enum(['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'VOICEMAIL']).optional(),
	enable_fuzzy_search: z.enum(['0', '1']).default('0'),
	did: z.string().optional(),
});

function search(query: z.output<typeof searchFilters>, pbx: PbxState): CdrRow[] {
	const start = searchTime(query.start_time, 'start_time', pbx) ?? 0;
	const end = searchTime(query.end_time, 'end_time', pbx) ?? Number.POSITIVE_INFINITY;
	const numberFits = (number: string, wanted: string | undefined) =>
		wanted === undefined ||
		(query.enable_fuzzy_search === '1' ? number.includes(wanted) : number === wanted);
	const didFits = (row: CdrRow) =>
		query.did === undefined ||
		[row.did_number, row.did_name].some((did) => `${did}:${row.src_trunk ?? ''}` === query.did);
	return pbx.cdr.filter(
		(row) =>
			row.timestamp >= start &&
			row.timestamp <= end &&
			numberFits(row.call_from_number, query.call_from) &&
			numberFits(row.call_to_number, query.call_to) &&
			(query.status === undefined || row.disposition === query.status) &&
			(query.call_note_remark === undefined || row.call_note.includes(query.call_note_remark)) &&
			didFits(row),
	);
}

export const cdrEndpoints: Endpoint[] = [
	get('cdr/list', { query: z.object({ ...pagingParameters, ...noteFilters }) }, ({ query, pbx }) =>
		list(pbx.cdr, query, pbx),
	),
	get('cdr/search', { query: searchFilters }, ({ query, pbx }) =>
		list(search(query, pbx), query, pbx),
	),
];
