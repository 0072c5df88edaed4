import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../../call/Call';
import type { Clock } from '../../../transport/Clock';
import { insteadOf, ServiceError } from '../../../transport/ServiceError';
import { duplicateOf, successOf, ZOHO_CRM } from '../../transport/errors';
import { isReport } from '../../transport/ZohoReport';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { onceOnlyWriter } from '../../../transport/onceOnlyWriter';
import { coqlText } from '../caller/queries';
import { getRecord } from '../records/getRecord';
import { idOf } from './logsOfCalls';
import { mentionsCall } from '../../callLog/texts';
import { zohoTime } from './record';
import { refusal } from '../refusal';

/** One call to log. */
export interface CallLogWrite {
	call: Pick<Call, 'callId' | 'pbxSerial' | 'startedAt'>;
	/** The whole record for Zoho. */
	data: IDataObject;
	/** Id of the record that it is logged on; empty without one. */
	recordId: string;
	/** API name of the organisation's own field for the call id; empty if there is none. */
	callIdField: string;
	/** The `trigger` key or nothing, see `automationsOf`. */
	automations: IDataObject;
	/** Asks Zoho before the first try, for one API credit more. */
	lookFirst: boolean;
}

export interface CallLogResult {
	id: string;
	/** An earlier run, another process or a person had logged it. */
	alreadyLogged: boolean;
	/** Where the log is instead, if it is not on the record that was asked for. */
	elsewhere: LogPlace | null;
}

/** Null for both: on no record, or on one that the connected user may not see. */
export interface LogPlace {
	module: string | null;
	recordId: string | null;
}

type WrittenLog = Omit<CallLogResult, 'alreadyLogged'> & { existedBefore: boolean };

const REMEMBER_MS = 24 * 3_600_000;
const MAX_REMEMBERED = 20_000;
const logged = onceOnlyWriter<WrittenLog>(REMEMBER_MS, MAX_REMEMBERED);

/** Not one of Zoho's codes: Zoho says INVALID_DATA for everything. */
const LOST_RECORD = 'LOST_RECORD';

/** Whether a log failed because the record that it belongs to is gone. */
export function isLostRecord(error: unknown): boolean {
	return error instanceof ServiceError && error.code === LOST_RECORD;
}

/** A CRM may keep times to the minute only. */
const TIME_TOLERANCE = { seconds: 60 };

/**
 * Logs a call once per record, whatever is repeated: by two executions at a time, by n8n's retry of the node, after an
 * answer that got lost. One API credit; one more for every look, and when a unique field refuses a second log.
 */
export async function writeCallLog(
	client: ZohoCrmClient,
	wanted: CallLogWrite,
	clock: Clock,
): Promise<CallLogResult> {
	const { call, data, recordId, automations, lookFirst } = wanted;
	const key = [client.organizationKey, call.pbxSerial, call.callId, recordId].join(' ');
	const { result, how } = await logged.run(key, {
		clock,
		lookFirst,
		write: async () => {
			const { body } = await client.write({
				method: 'POST',
				path: '/Calls',
				body: { data: [data], ...automations },
			});
			return await writtenLog(client, wanted, ((body?.data ?? []) as unknown[])[0]);
		},
		lookUp: async () => await existingLog(client, wanted),
	});
	const { id, existedBefore, elsewhere } = result;
	return { id, alreadyLogged: how !== 'written' || existedBefore, elsewhere };
}

async function writtenLog(
	client: ZohoCrmClient,
	{ callIdField, recordId }: CallLogWrite,
	entry: unknown,
): Promise<WrittenLog> {
	const duplicate = duplicateOf(entry);
	if (duplicate && callIdField !== '' && duplicate.field === callIdField) {
		const elsewhere = recordId === '' ? null : await otherPlace(client, duplicate.id, recordId);
		return { id: duplicate.id, existedBefore: true, elsewhere };
	}
	refuseLostLinks(entry);
	return { id: successOf(entry).id, existedBefore: false, elsewhere: null };
}

/** Null if the log is on the record. A unique field allows one log, also for a caller with several records. */
async function otherPlace(
	client: ZohoCrmClient,
	logId: string,
	recordId: string,
): Promise<LogPlace | null> {
	const unseen: IDataObject = {};
	const found = await getRecord(client, 'Calls', logId).catch(
		insteadOf(['notFound', 'permission'], unseen),
	);
	if (isLinkedTo(found, recordId)) return null;
	const contactId = idOf(found.Who_Id);
	if (contactId) return { module: 'Contacts', recordId: contactId };
	const otherId = idOf(found.What_Id);
	return { module: otherId ? String(found.$se_module) : null, recordId: otherId };
}

/** Zoho says no more than "the id given seems to be invalid". */
function refuseLostLinks(entry: unknown): void {
	if (!isReport(entry) || entry.code !== 'INVALID_DATA') return;
	const field = fieldOf(entry);
	if (field === 'Who_Id' || field === 'What_Id') {
		throw new ServiceError({
			service: ZOHO_CRM,
			kind: 'notFound',
			code: LOST_RECORD,
			message: 'The record on which the call should be logged is not in Zoho CRM any more',
			advice:
				'It was deleted, merged or converted after it was found. Run Caller > Find again and log the call on what it finds then.',
		});
	}
	if (field === 'Owner') {
		throw refusal(
			'Zoho CRM does not accept the owner of the call log',
			'Check that the user that is bound to the extension exists and is active, or choose another owner in the node.',
		);
	}
}

function fieldOf(entry: unknown): string | undefined {
	return isReport(entry) ? entry.details?.api_name : undefined;
}

/** Queries read the database, so what was written a second ago is there. */
async function existingLog(
	client: ZohoCrmClient,
	{ call, callIdField, recordId }: CallLogWrite,
): Promise<WrittenLog | null> {
	const fields = ['id', 'Description', 'Who_Id', 'What_Id', callIdField].filter(Boolean).join(', ');
	const start = DateTime.fromISO(call.startedAt, { zone: 'utc' });
	const from = zohoTime(start.minus(TIME_TOLERANCE).toString());
	const to = zohoTime(start.plus(TIME_TOLERANCE).toString());
	const { data } = await client.coql(
		`select ${fields} from Calls where Call_Start_Time between ${coqlText(from)} and ${coqlText(to)} limit 200`,
	);
	const found = data.find(
		(log) =>
			(mentionsCall(log.Description, call.callId) || log[callIdField] === call.callId) &&
			(recordId === '' || isLinkedTo(log, recordId)),
	);
	return found ? { id: String(found.id), existedBefore: false, elsewhere: null } : null;
}

function isLinkedTo(log: IDataObject, recordId: string): boolean {
	return [log.Who_Id, log.What_Id].some((link) => idOf(link) === recordId);
}
