import { uniq } from 'lodash';
import { isIdOfUnnamedCall } from '../call/unnamedCall';
import type { CallLog, LedgerEntry, PastCall } from './CallLog';
import type { LogBook, RecognisedLog } from './logBook';

/**
 * Whether a call is on its customer's record exactly once:
 * - `logged`: there is a log, and no record has two of them
 * - `twice`: a record has more than one log of the call
 * - `deleted`: the call was logged, and no log of it is there any more
 * - `leftOut`: there is no log, because a rule left the call out
 * - `failed`: there is no log, because logging failed
 * - `missing`: there is no log, and nobody knows why
 * - `unchecked`: the call was logged, and where the log would be nobody can look
 */
export type Finding =
	| 'logged'
	| 'twice'
	| 'deleted'
	| 'leftOut'
	| 'failed'
	| 'missing'
	| 'unchecked';

export interface Reconciliation {
	finding: Finding;
	/** All logs of the call, the one to keep first. */
	logIds: string[];
	/** Those that can be deleted without a record losing its only log of the call. */
	surplusLogIds: string[];
	/** The records that the logs are on. */
	recordIds: string[];
	/** For people: why this finding. */
	explanation: string;
}

/** How people call the place where the logs are, and one log of it. */
export interface Wording {
	/** Such as `Zoho CRM`. */
	system: string;
	/** A log by its id, with its address where there is one. */
	logName(logId: string): string;
	/** One sentence: why logs of the call may be where nobody could look; absent if they could not. */
	blindSpot?: string;
}

/** Compares one call with its logs. */
export function reconcileCall(
	call: PastCall,
	ledger: LedgerEntry,
	book: LogBook,
	wording: Wording,
): Reconciliation {
	const found = bestFirst(book.logsOf(call, ledger), ledger.logId);
	if (found.length === 0) return withoutLog(call, ledger, wording);
	const surplus = surplusOf(found);
	const isTwice = placesWithSeveral(found).length > 0;
	return {
		finding: isTwice ? 'twice' : 'logged',
		logIds: found.map(({ log }) => log.id),
		surplusLogIds: surplus.map(({ log }) => log.id),
		recordIds: uniq(found.flatMap(({ log }) => log.recordIds)),
		explanation: [
			...(isTwice ? twiceSentences(found, surplus, wording) : loggedSentences(found, wording)),
			...contradictionOf(ledger),
		].join(' '),
	};
}

/** The ledger's log, then those that hold the call's id (by which they are found again), then the others; the oldest first. */
function bestFirst(found: readonly RecognisedLog[], ledgerLogId: string): RecognisedLog[] {
	const rank = ({ log, by }: RecognisedLog) => {
		if (log.id === ledgerLogId) return 0;
		return by === 'byHand' ? 2 : 1;
	};
	return [...found].sort(
		(a, b) =>
			rank(a) - rank(b) ||
			Date.parse(a.log.createdAt) - Date.parse(b.log.createdAt) ||
			(a.log.id < b.log.id ? -1 : 1),
	);
}

/** Logs that are on no record are in one place, too. */
const NO_RECORD = '';

function placesOf({ recordIds }: CallLog): readonly string[] {
	return recordIds.length > 0 ? recordIds : [NO_RECORD];
}

function placesWithSeveral(found: readonly RecognisedLog[]): string[] {
	const places = found.flatMap(({ log }) => placesOf(log));
	return uniq(places.filter((place, index) => places.indexOf(place) !== index));
}

/** The worst log goes first, but none that is alone on one of its records. */
function surplusOf(found: readonly RecognisedLog[]): RecognisedLog[] {
	const kept = [...found];
	const surplus: RecognisedLog[] = [];
	for (const each of [...found].reverse()) {
		const others = kept.filter((other) => other !== each);
		const isCovered = (place: string) => others.some(({ log }) => placesOf(log).includes(place));
		if (!placesOf(each.log).every(isCovered)) continue;
		kept.splice(kept.indexOf(each), 1);
		surplus.push(each);
	}
	return surplus;
}

function loggedSentences(found: readonly RecognisedLog[], { logName }: Wording): string[] {
	const places = uniq(found.flatMap(({ log }) => log.recordIds));
	const summary =
		found.length > 1
			? `The call has one log on each of ${found.length} records.`
			: `The call is logged once${places.length === 0 ? ', on no record' : ''}.`;
	const remarks = found.map((each) => [logName(each.log.id), REMARKS[each.by]]);
	return [
		summary,
		...remarks.filter(([, remark]) => remark !== '').map(([name, remark]) => `${name} ${remark}.`),
	];
}

const REMARKS: Record<RecognisedLog['by'], string> = {
	callId: '',
	ledger: 'is the log that the ledger names, but somebody has taken the call ID out of it',
	timeAndNumber:
		'holds another ID of the call; it was recognised by its start and by the number of the customer',
	byHand: 'holds no call ID: somebody wrote it by hand, or copied it without the line',
};

function twiceSentences(
	found: readonly RecognisedLog[],
	surplus: readonly RecognisedLog[],
	{ logName }: Wording,
): string[] {
	const [place] = placesWithSeveral(found);
	const where = place === NO_RECORD ? 'without a record' : `on the record ${place}`;
	const names = found.map(({ log }) => logName(log.id)).join(', ');
	const summary = `The call is logged more than once ${where}: ${names}.`;
	if (surplus.length === 0) {
		return [summary, 'Each of them is also the only one on another record, so none can just go.'];
	}
	const instructions = surplus.map(
		({ log, by }) => `Delete ${logName(log.id)}, which ${by === 'callId' ? SECOND : REMARKS[by]}.`,
	);
	return [summary, ...instructions];
}

const SECOND = 'holds the same call ID: it was written or copied a second time';

function contradictionOf({ status }: LedgerEntry): string[] {
	return status === '' || status === 'logged' ? [] : [`The ledger has the call as "${status}".`];
}

function withoutLog(call: PastCall, ledger: LedgerEntry, wording: Wording): Reconciliation {
	const { system, logName, blindSpot } = wording;
	if (ledger.status === 'logged' && blindSpot !== undefined) {
		const named = inBrackets(ledger.logId, logName);
		const summary = `The ledger has the call as logged${named}, and nobody could look whether it still is.`;
		return noLog('unchecked', [summary, blindSpot]);
	}
	const { finding, because } = whyNoLog(ledger, wording);
	const otherId =
		finding === 'missing' && isIdOfUnnamedCall(call.callId)
			? ['The PBX writes no ID for this call, so the ledger may have it under another one.']
			: [];
	const summary = `${system} has no log of the call${because}.`;
	return noLog(finding, [summary, ...otherId, ...(blindSpot === undefined ? [] : [blindSpot])]);
}

function noLog(finding: Finding, sentences: readonly string[]): Reconciliation {
	return {
		finding,
		logIds: [],
		surplusLogIds: [],
		recordIds: [],
		explanation: sentences.join(' '),
	};
}

function whyNoLog(
	{ status, logId }: LedgerEntry,
	{ logName }: Wording,
): { finding: Finding; because: string } {
	switch (status) {
		case 'logged':
			return {
				finding: 'deleted',
				because: `, although the ledger has it as logged${inBrackets(logId, logName)}: somebody has deleted the log, changed when it started, or hides it from the connected user`,
			};
		case 'left out':
			return { finding: 'leftOut', because: ': a rule left it out' };
		case 'failed':
			return { finding: 'failed', because: ': logging it failed' };
		case 'given up':
			return { finding: 'failed', because: ': logging it failed until it was given up' };
		case 'received':
			return {
				finding: 'missing',
				because: ': the ledger has it as received, and not what became of it',
			};
		case '':
			return { finding: 'missing', because: ', and the ledger has no row of it' };
		default:
			return { finding: 'leftOut', because: `: a person has put "${status}" into the ledger` };
	}
}

function inBrackets(logId: string, logName: Wording['logName']): string {
	return logId ? ` (${logName(logId)})` : '';
}
