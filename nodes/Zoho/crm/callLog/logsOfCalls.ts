import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import type { CallLog } from '../../../reconciliation/CallLog';
import { ServiceError } from '../../../transport/ServiceError';
import { zohoDateTime } from '../../dateTimes';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { anyOf, coqlText } from '../caller/queries';
import { callIdsIn } from '../../callLog/texts';

/** Zoho's prices for a query: 1 credit up to 200 records, 2 up to 1,000, 3 up to 2,000. */
const PAGE_SIZES = [200, 1_000, 2_000];

/** What Zoho's older pages, and some of its refusals, still name as the most. */
const SAFE_PAGE_SIZE = 200;

/** Logs that people write may begin a minute earlier or later than the call. */
const TOLERANCE_MS = 60_000;

/** Zoho takes 25 conditions in one query; whether a `between` counts as two of them, it does not say. */
const MOST_RANGES = 10;

/** Logs of so short a pause are not worth a condition. */
const SHORT_PAUSE_MS = 30 * 60_000;

/** In milliseconds since 1970. */
interface TimeRange {
	from: number;
	to: number;
}

/**
 * All logs that may belong to calls, for as few credits as possible: 5 for 2,300 calls. Queries read the database, so
 * what was written a second ago is there.
 *
 * @param startTimes when the calls started, ISO 8601; at least one
 * @param callIdField the organisation's own field for the call id (see `checkedCallIdField`), empty if there is none
 */
export async function logsOfCalls(
	client: ZohoCrmClient,
	startTimes: readonly string[],
	callIdField: string,
): Promise<CallLog[]> {
	const fields = [...LOG_FIELDS, callIdField].filter(Boolean).join(', ');
	const times = anyOf(timeRanges(startTimes).map(condition));
	const logs: IDataObject[] = [];
	let isSafe = false;
	for (;;) {
		// By id and not by offset: that has no end, and skips nothing while logs come and go.
		const last = logs.at(-1);
		const where = last ? `(${times} and id > ${coqlText(String(last.id))})` : times;
		const limit = isSafe ? SAFE_PAGE_SIZE : pageSize(startTimes.length, logs.length);
		const page = await client
			.coql(`select ${fields} from Calls where ${where} order by id asc limit ${limit}`)
			.catch((error: unknown) => {
				if (limit > SAFE_PAGE_SIZE && isBeyondLimit(error)) return null;
				throw error;
			});
		if (page === null) {
			isSafe = true;
			continue;
		}
		logs.push(...page.data);
		if (!page.moreRecords || page.data.length === 0) {
			return logs.map((log) => toCallLog(log, callIdField));
		}
	}
}

const LOG_FIELDS = [
	'id',
	'Subject',
	'Description',
	'Call_Type',
	'Call_Start_Time',
	'Who_Id',
	'What_Id',
	'Created_Time',
];

function toCallLog(log: IDataObject, callIdField: string): CallLog {
	const ownId = callIdField === '' ? null : (log[callIdField] as string | null);
	return {
		id: String(log.id),
		recordIds: [log.Who_Id, log.What_Id].map(idOf).filter((id) => id !== null),
		startedAt: String(log.Call_Start_Time),
		createdAt: String(log.Created_Time),
		kind: String(log.Call_Type),
		callIds: [...callIdsIn(log.Description), ...(ownId ? [ownId.trim()] : [])],
		text: [log.Subject, log.Description].filter(Boolean).join('\n'),
	};
}

/** Of what a lookup field holds, or null. */
export function idOf(link: unknown): string | null {
	const { id } = (link ?? {}) as { id?: string };
	return id === undefined ? null : String(id);
}

/** The cheapest one for what is still to come: about as many as there are calls, or else a good deal more. */
function pageSize(expected: number, read: number): number {
	const left = read < expected ? expected - read : 2 * read;
	return PAGE_SIZES.find((size) => left <= size) ?? PAGE_SIZES[PAGE_SIZES.length - 1];
}

/**
 * The times in which the calls started, with the longest pauses left out: the logs of a whole year lie between two
 * calls of January and December.
 */
function timeRanges(startTimes: readonly string[]): TimeRange[] {
	const starts = startTimes.map((time) => Date.parse(time)).sort((a, b) => a - b);
	const pauses = starts
		.slice(1)
		.map((to, index) => ({ from: starts[index], to }))
		.filter(({ from, to }) => to - from > SHORT_PAUSE_MS)
		.sort((a, b) => b.to - b.from - (a.to - a.from))
		.slice(0, MOST_RANGES - 1)
		.sort((a, b) => a.from - b.from);
	const beginnings = [starts[0], ...pauses.map(({ to }) => to)];
	const ends = [...pauses.map(({ from }) => from), starts[starts.length - 1]];
	return beginnings.map((from, index) => ({
		from: from - TOLERANCE_MS,
		to: ends[index] + TOLERANCE_MS,
	}));
}

function condition({ from, to }: TimeRange): string {
	const [first, last] = [from, to].map((time) =>
		coqlText(zohoDateTime(DateTime.fromMillis(time, { zone: 'utc' }))),
	);
	return `Call_Start_Time between ${first} and ${last}`;
}

function isBeyondLimit(error: unknown): boolean {
	return error instanceof ServiceError && error.code === 'LIMIT_EXCEEDED';
}
