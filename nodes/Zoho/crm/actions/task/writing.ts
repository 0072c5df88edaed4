import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Call } from '../../../../call/Call';
import { systemClock } from '../../../../transport/Clock';
import { onceOnlyWriter } from '../../../../transport/onceOnlyWriter';
import type { ZohoCrmClient } from '../../../transport/zohoCrm';
import { idOf } from '../../callLog/logsOfCalls';
import { callIdsIn, mentionsCall } from '../../../callLog/texts';
import { coqlText } from '../../caller/queries';
import { zohoDateTime } from '../../../dateTimes';
import { createOnce, createRecord, maybeCreated } from '../../records/createOnce';
import type { RelatedRecord } from '../../records/relatedRecord';

/** One task to create. */
export interface TaskWrite {
	/** The whole record for Zoho; with a call, its description holds the line with the call id. */
	task: IDataObject & { Subject: string };
	/** Null for a task of no record. */
	related: RelatedRecord | null;
	/** The call that it is about, or null if the item holds none. */
	call: Call | null;
	/** The `trigger` key or nothing, see `automationsOf`. */
	automations: IDataObject;
	/** Asks Zoho before the first try, for one API credit more. Only with a call. */
	lookFirst: boolean;
}

export interface TaskResult {
	id: string;
	/** An earlier run had created it. */
	alreadyCreated: boolean;
}

const MODULE = 'Tasks';

const REMEMBER_MS = 24 * 3_600_000;
const MAX_REMEMBERED = 20_000;
const tasksOfCalls = onceOnlyWriter<string>(REMEMBER_MS, MAX_REMEMBERED);

/** By how much the clocks of the PBX and Zoho may differ. */
const CLOCK_DIFFERENCE = { hours: 1 };

const MOST_TASKS = 200;

/**
 * Creates a task once for a call, a record and a subject, or else once for the item. One API credit; one more for every
 * look.
 */
export async function writeTask(
	context: IExecuteFunctions,
	client: ZohoCrmClient,
	itemIndex: number,
	wanted: TaskWrite,
): Promise<TaskResult> {
	if (wanted.call) return await writeTaskOfCall(client, wanted, wanted.call);
	const { id } = await createOnce(context, client, itemIndex, {
		module: MODULE,
		record: wanted.task,
		automations: wanted.automations,
		title: wanted.task.Subject,
		findAlike: async (since) => {
			const alike = await tasksSince(client, wanted, since);
			return alike.filter(({ Description }) => callIdsIn(Description).length === 0);
		},
	});
	return { id, alreadyCreated: false };
}

async function writeTaskOfCall(
	client: ZohoCrmClient,
	wanted: TaskWrite,
	{ callId, pbxSerial, startedAt }: Call,
): Promise<TaskResult> {
	const { task, related, automations, lookFirst } = wanted;
	const since = zohoDateTime(DateTime.fromISO(startedAt, { zone: 'utc' }).minus(CLOCK_DIFFERENCE));
	const key = [client.organizationKey, pbxSerial, callId, related?.id ?? '', task.Subject];
	let hasTried = false;
	const { result: id, how } = await tasksOfCalls.run(key.join(' '), {
		clock: systemClock,
		lookFirst,
		write: async () => {
			hasTried = true;
			return (await createRecord(client, { module: MODULE, record: task, automations })).id;
		},
		lookUp: async () => {
			const found = await tasksSince(client, wanted, since).catch((error: unknown) => {
				if (hasTried || !lookFirst) maybeCreated(MODULE, task.Subject)(error);
				throw error;
			});
			const own = found.find(({ Description }) => mentionsCall(Description, callId));
			return own ? String(own.id) : null;
		},
	});
	return { id, alreadyCreated: how !== 'written' };
}

/** Tasks with the same subject on the same record, the newest first. Queries read the database, so new ones are there. */
async function tasksSince(
	client: ZohoCrmClient,
	{ task, related }: TaskWrite,
	since: string,
): Promise<IDataObject[]> {
	const { data } = await client.coql(
		`select id, Subject, Description, Who_Id, What_Id, Created_Time from ${MODULE} where (Created_Time >= ${coqlText(since)} and ${placeOf(task, related)}) order by id desc limit ${MOST_TASKS}`,
	);
	return data.filter(
		({ Subject, Who_Id, What_Id }) =>
			String(Subject).trim() === task.Subject &&
			(related !== null || !(idOf(Who_Id) ?? idOf(What_Id))),
	);
}

function placeOf(task: TaskWrite['task'], related: RelatedRecord | null): string {
	if (!related) return `Subject = ${coqlText(task.Subject)}`;
	// Contacts are the only ones that tasks hold in Who_Id, see `activityLink`.
	return `${related.module === 'Contacts' ? 'Who_Id' : 'What_Id'} = ${coqlText(related.id)}`;
}
