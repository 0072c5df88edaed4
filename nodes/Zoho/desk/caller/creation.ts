import type { IDataObject } from 'n8n-workflow';
import type { CallerRecord } from '../../../caller/Caller';
import type { Clock } from '../../../transport/Clock';
import { createMemory } from '../../../transport/memory';
import { onceOnlyWriter } from '../../../transport/onceOnlyWriter';
import { singleFlight } from '../../../transport/singleFlight';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { recordBody } from '../records/recordBody';
import { toCallerRecord, toCandidate, type CallerModule } from './candidate';
import { recordWithNumber } from './storedRecords';

/** The kinds of records that an unknown caller can become, with the modules that hold them. */
export const NEW_RECORD_MODULES = { contact: 'contacts', account: 'accounts' } as const;

export type NewRecordKind = keyof typeof NEW_RECORD_MODULES;

/** A record to create for an unknown caller. */
export interface NewCallerRecord {
	kind: NewRecordKind;
	/** Becomes the last name, or the name of the account and the last name of its contact. */
	name: string;
	/** E.164 where possible. */
	number: string;
	/** Where a contact keeps it. Accounts have `phone` only. */
	numberField: 'phone' | 'mobile';
	/** Null leaves it to Zoho, which takes the connected agent. */
	ownerId: string | null;
	/** Further fields of the contact or account by API name; they win over the ones above. */
	fields: IDataObject;
}

export interface CreatedCaller {
	record: CallerRecord;
	/** False when another call, another process or a person was faster. */
	isNew: boolean;
}

/** Longer than the minutes that Zoho's search index may take to notice a new record. */
const REMEMBER_MS = 15 * 60_000;
const MAX_REMEMBERED = 10_000;
const callers = createMemory<CallerRecord>(REMEMBER_MS, MAX_REMEMBERED);
const records = onceOnlyWriter<IDataObject>(REMEMBER_MS, MAX_REMEMBERED);
const oneAtATime = singleFlight<CreatedCaller>();

/** The record that this process has created for a number within the last 15 minutes. */
export function rememberedCaller(
	client: ZohoDeskClient,
	number: string,
	now: number,
): CallerRecord | undefined {
	return callers.get(keyOf(client, number), now);
}

/** After a remembered record has turned out to be deleted or merged. */
export function forgetCaller(client: ZohoDeskClient, number: string): void {
	const key = keyOf(client, number);
	callers.delete(key);
	for (const module of Object.values(NEW_RECORD_MODULES)) records.forget(`${key} ${module}`);
}

/**
 * Creates a contact, or an account and its contact, for a number, however many calls ask for it at the same time.
 *
 * Three credits to look whether a contact has the number that the search index does not know yet, and one for each record;
 * three more if it is uncertain whether Zoho carried a write out.
 */
export async function createCaller(
	client: ZohoDeskClient,
	wanted: NewCallerRecord,
	clock: Clock,
): Promise<CreatedCaller> {
	const key = keyOf(client, wanted.number);
	let isFirst = false;
	const outcome = await oneAtATime(key, async () => {
		isFirst = true;
		const earlier = callers.get(key, clock.now());
		if (earlier) return { record: earlier, isNew: false };
		const mine = await createUnlessThere(client, wanted, clock);
		callers.set(key, mine.record, clock.now());
		return mine;
	});
	return isFirst ? outcome : { record: outcome.record, isNew: false };
}

async function createUnlessThere(
	client: ZohoDeskClient,
	wanted: NewCallerRecord,
	clock: Clock,
): Promise<CreatedCaller> {
	const { kind, name, numberField, fields, ownerId } = wanted;
	const number = storableNumber(wanted.number);
	const existing = await recordWithNumber(client, 'contacts', numberField, number);
	if (existing) return { record: recordOf('contacts', existing), isNew: false };

	const write = async (module: CallerModule, field: 'phone' | 'mobile', values: IDataObject) =>
		await writeOnce(client, clock, {
			key: `${keyOf(client, wanted.number)} ${module}`,
			module,
			field,
			number,
			body: recordBody({
				...(ownerId ? { ownerId } : {}),
				...values,
				[field]: number,
			}),
		});
	if (kind === 'contact') {
		const contact = await write('contacts', numberField, { lastName: name, ...fields });
		return { record: recordOf('contacts', contact), isNew: true };
	}
	const account = await write('accounts', 'phone', { accountName: name, ...fields });
	const accountId = String(account.id);
	const contact = await write('contacts', numberField, { lastName: name, accountId });
	return {
		record: { ...recordOf('accounts', account), contactId: String(contact.id) },
		isNew: true,
	};
}

interface NumberedWrite {
	key: string;
	module: CallerModule;
	field: 'phone' | 'mobile';
	/** As it is stored. */
	number: string;
	body: IDataObject;
}

/** @returns the record as Zoho has it */
async function writeOnce(
	client: ZohoDeskClient,
	clock: Clock,
	{ key, module, field, number, body }: NumberedWrite,
): Promise<IDataObject> {
	const { result } = await records.run(key, {
		clock,
		write: async () =>
			(await client.write({ method: 'POST', path: `/${module}`, body })).body ?? {},
		lookUp: async () => await recordWithNumber(client, module, field, number),
	});
	return result;
}

function recordOf(module: CallerModule, raw: IDataObject): CallerRecord {
	return toCallerRecord(toCandidate(module, raw));
}

function keyOf({ organizationKey }: ZohoDeskClient, number: string): string {
	return `${organizationKey} ${number}`;
}

/** Without what the search would take for a wildcard or for the end of the value (zoho-desk.md, 5.4). */
function storableNumber(number: string): string {
	return number.replace(/[^0-9A-Za-z+ \-.()#/]/g, '').trim();
}
