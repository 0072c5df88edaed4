import type { IDataObject } from 'n8n-workflow';
import { insteadOf } from '../transport/ServiceError';
import { learnDisplayClock, type DisplayClock } from './displayClock';
import type { YeastarPbx } from './transport/yeastarPbx';

/** A row of the call records (CDR) as the PBX gives it; firmwares differ in the fields. */
export interface CallRecordRow extends IDataObject {
	/** Unix seconds: the only time in a row that has no doubt about zone and format. */
	timestamp?: number;
}

export type CallRecordStatus = 'ANSWERED' | 'NO ANSWER' | 'BUSY' | 'FAILED' | 'VOICEMAIL';

export interface CallRecordSearch {
	/** Both ends are included. */
	from: Date;
	to: Date;
	callFrom?: string;
	callTo?: string;
	status?: CallRecordStatus;
	/** `{DID number or name}:{trunk name}` */
	did?: string;
	/** At most so many rows, the newest; all if absent. */
	limit?: number;
}

/** The PBX's clock changes may move a time in display format by an hour; the rows are filtered afterwards. */
const CLOCK_CHANGE_MARGIN_MS = 2 * 3_600_000;
const FIRST_PAGE = 1_000;

/**
 * The rows whose calls began in a time range, the newest first. A call has several rows.
 *
 * Firmwares disagree on how `cdr/search` wants times (unix seconds, or the display format of the portal), and a filter
 * that is not understood may be ignored silently. So each way is tried and its result is checked against the range;
 * the last way reads the whole list from the newest row on (yeastar.md, 8.3).
 *
 * @throws ServiceError
 */
export async function searchCallRecords(
	pbx: YeastarPbx,
	search: CallRecordSearch,
): Promise<CallRecordRow[]> {
	const { from, to } = search;
	const found =
		(await searched(pbx, search, unixSeconds(from), unixSeconds(to))) ??
		(await searchedInDisplayFormat(pbx, search)) ??
		(await listed(pbx, search));
	return found
		.filter((row) => isWithin(row, from, to))
		.filter((row) => !search.status || row.disposition === search.status)
		.sort((a, b) => (b.timestamp ?? 0) - (a.timestamp ?? 0))
		.slice(0, search.limit);
}

/** @returns null if the PBX did not understand the times */
async function searched(
	pbx: YeastarPbx,
	search: CallRecordSearch,
	startTime: string,
	endTime: string,
	marginMs = 0,
): Promise<CallRecordRow[] | null> {
	const query = {
		start_time: startTime,
		end_time: endTime,
		call_from: search.callFrom || undefined,
		call_to: search.callTo || undefined,
		status: search.status,
		did: search.did || undefined,
		sort_by: 'time',
		order_by: 'desc',
	};
	const from = new Date(search.from.getTime() - marginMs);
	const to = new Date(search.to.getTime() + marginMs);
	// The first page alone, so that an ignored filter does not make the PBX hand out all its records.
	const first = await pbx
		.get<{ data?: CallRecordRow[]; total_number?: number }>('cdr/search', {
			...query,
			page: 1,
			page_size: Math.min(search.limit ?? FIRST_PAGE, FIRST_PAGE),
		})
		.catch(insteadOf(['refused', 'notFound'], null));
	const rows = first?.data ?? [];
	if (!first || !rows.every((row) => isWithin(row, from, to))) return null;
	if (rows.length === 0) return (await hasRowWithin(pbx, search)) ? null : [];
	const isComplete = rows.length >= Math.min(first.total_number ?? 0, search.limit ?? Infinity);
	if (isComplete && first.total_number !== undefined) return rows;
	return await pbx.list<CallRecordRow>('cdr/search', query, { limit: search.limit });
}

async function searchedInDisplayFormat(
	pbx: YeastarPbx,
	search: CallRecordSearch,
): Promise<CallRecordRow[] | null> {
	const clock = await displayClockOf(pbx);
	if (!clock) return null;
	const margin = CLOCK_CHANGE_MARGIN_MS;
	return await searched(
		pbx,
		{ ...search, limit: undefined },
		clock.show(new Date(search.from.getTime() - margin)),
		clock.show(new Date(search.to.getTime() + margin)),
		margin * 2,
	);
}

/** Reads the list, which has no time filter, from the newest row back to the start of the range. */
async function listed(pbx: YeastarPbx, search: CallRecordSearch): Promise<CallRecordRow[]> {
	const rows = await pbx.list<CallRecordRow>(
		'cdr/list',
		{ sort_by: 'time', order_by: 'desc' },
		{ until: (row) => startOf(row) < search.from.getTime() },
	);
	return rows.filter(
		(row) =>
			hasNumber(row, 'call_from', search.callFrom) &&
			hasNumber(row, 'call_to', search.callTo) &&
			hasDid(row, search.did),
	);
}

/** An empty result is doubted when the newest record of all lies in the range and nothing else was asked for. */
async function hasRowWithin(pbx: YeastarPbx, search: CallRecordSearch): Promise<boolean> {
	if (search.callFrom || search.callTo || search.status || search.did) return false;
	const [newest] = await newestRows(pbx, 1);
	return newest?.timestamp !== undefined && isWithin(newest, search.from, search.to);
}

/**
 * How the PBX shows times, as its newest call records tell.
 *
 * @returns null if there are none, or if they tell nothing
 * @throws ServiceError
 */
export async function displayClockOf(pbx: YeastarPbx): Promise<DisplayClock | null> {
	return learnDisplayClock(await newestRows(pbx, 50));
}

async function newestRows(pbx: YeastarPbx, limit: number): Promise<CallRecordRow[]> {
	return await pbx.list<CallRecordRow>(
		'cdr/list',
		{ sort_by: 'time', order_by: 'desc' },
		{ limit },
	);
}

function isWithin(row: CallRecordRow, from: Date, to: Date): boolean {
	// Without a timestamp there is nothing to check.
	if (row.timestamp === undefined) return true;
	const start = startOf(row);
	// Rows are precise to the second, the ends of the range are not.
	return start >= Math.floor(from.getTime() / 1_000) * 1_000 && start <= to.getTime();
}

function startOf(row: CallRecordRow): number {
	return row.timestamp === undefined ? Infinity : row.timestamp * 1_000;
}

function unixSeconds(date: Date): string {
	return String(Math.floor(date.getTime() / 1_000));
}

/** `call_from` and `call_to` are a number or `Name<number>`. */
function hasNumber(row: CallRecordRow, field: 'call_from' | 'call_to', wanted?: string): boolean {
	if (!wanted) return true;
	const shown = String(row[`${field}_number`] ?? row[field] ?? '');
	return (/<([^>]*)>$/.exec(shown)?.[1] ?? shown) === wanted;
}

function hasDid(row: CallRecordRow, wanted?: string): boolean {
	if (!wanted) return true;
	const [did] = wanted.split(':');
	return [row.did, row.did_number, row.did_name].includes(did);
}
