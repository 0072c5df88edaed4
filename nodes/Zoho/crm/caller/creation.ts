import type { IDataObject } from 'n8n-workflow';
import type { CallerRecord } from '../../../caller/Caller';
import { isMobile } from '../../../phone/phoneNumber';
import type { Clock } from '../../../transport/Clock';
import { onceOnlyWriter } from '../../../transport/onceOnlyWriter';
import { duplicateOf, successOf } from '../../transport/errors';
import { modulePath, recordPath } from '../../transport/paths';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { toCallerRecord, toCandidate } from './candidate';
import { coqlText } from './queries';

/** The kinds of records that an unknown caller can become, with the modules that hold them. */
export const NEW_RECORD_MODULES = {
	contact: 'Contacts',
	lead: 'Leads',
	account: 'Accounts',
} as const;

export type NewRecordKind = keyof typeof NEW_RECORD_MODULES;

/** A record to create for an unknown caller. */
export interface NewCallerRecord {
	kind: NewRecordKind;
	/** Becomes the last name, or the name of the account. */
	name: string;
	/** Leads cannot do without. */
	company: string;
	/** E.164 where possible. */
	number: string;
	numberField: 'automatic' | 'Phone' | 'Mobile';
	/** Null leaves it to Zoho, which takes the connected user. */
	ownerId: string | null;
	/** Further fields by API name; they win over the ones above. */
	fields: IDataObject;
	/** The `trigger` key or nothing, see `automationsOf`. */
	automations: IDataObject;
}

/** Longer than the time that Zoho's search index may take to notice a new record. */
const REMEMBER_MS = 15 * 60_000;
const MAX_REMEMBERED = 10_000;
const created = onceOnlyWriter<CallerRecord>(REMEMBER_MS, MAX_REMEMBERED);

/** Zoho's limits for the two names (layout metadata of a new organisation). */
const LONGEST_LAST_NAME = 80;
const LONGEST_COMPANY = 200;

const LONGEST_PHONE = 30;

/** The record that this process has created for a number within the last 15 minutes. */
export function rememberedCaller(
	client: ZohoCrmClient,
	number: string,
	now: number,
): CallerRecord | undefined {
	return created.remembered(keyOf(client, number), now);
}

/** After a remembered record has turned out to be deleted or merged. */
export function forgetCaller(client: ZohoCrmClient, number: string): void {
	created.forget(keyOf(client, number));
}

/**
 * Creates one record for a number, however many calls ask for it at the same time. One API credit; two more if it is
 * uncertain whether Zoho carried it out.
 *
 * @returns the record, and whether it is this run's own; a record that somebody else created meanwhile is not
 */
export async function createCaller(
	client: ZohoCrmClient,
	wanted: NewCallerRecord,
	clock: Clock,
): Promise<{ record: CallerRecord; isNew: boolean }> {
	const module = NEW_RECORD_MODULES[wanted.kind];
	const numberField = fieldForNumber(wanted);
	const data = recordData(wanted, numberField);
	let existedBefore = false;

	const { result, how } = await created.run(keyOf(client, wanted.number), {
		clock,
		write: async () => {
			const { body } = await client.write({
				method: 'POST',
				path: modulePath(module),
				body: { data: [data], ...wanted.automations },
			});
			const entry = ((body?.data ?? []) as unknown[])[0];
			// Organisations may forbid two records with the same number: then the caller is known after all. A record that
			// shares another unique field is somebody else's.
			const duplicate = duplicateOf(entry);
			existedBefore = duplicate?.field === numberField;
			return duplicate?.field === numberField
				? await existingRecord(client, duplicate.module ?? module, duplicate.id)
				: newRecord(client, module, successOf(entry).id, wanted);
		},
		lookUp: async () => {
			const { data: found } = await client.coql(
				`select id from ${module} where ${numberField} = ${coqlText(String(data[numberField]))} order by id desc limit 1`,
			);
			return found.length > 0 ? newRecord(client, module, String(found[0].id), wanted) : null;
		},
	});
	// What is found was written by an earlier run of this node that never got Zoho's answer.
	return { record: result, isNew: how !== 'remembered' && !existedBefore };
}

function keyOf(client: ZohoCrmClient, number: string): string {
	return `${client.organizationKey} ${number}`;
}

function fieldForNumber({ kind, number, numberField }: NewCallerRecord): 'Phone' | 'Mobile' {
	if (kind === 'account') return 'Phone';
	if (numberField !== 'automatic') return numberField;
	return isMobile(number) ? 'Mobile' : 'Phone';
}

function recordData(wanted: NewCallerRecord, numberField: string): IDataObject {
	const { kind, name, company, number, ownerId, fields } = wanted;
	const named: IDataObject =
		kind === 'account'
			? { Account_Name: name.slice(0, LONGEST_COMPANY) }
			: { Last_Name: name.slice(0, LONGEST_LAST_NAME) };
	return {
		...named,
		...(kind === 'lead' ? { Company: company.slice(0, LONGEST_COMPANY) } : {}),
		...(ownerId ? { Owner: { id: ownerId } } : {}),
		...fields,
		[numberField]: storableNumber(number),
	};
}

/** What Zoho takes in a telephone field. */
function storableNumber(number: string): string {
	return number
		.replace(/[^0-9A-Za-z+ \-.(),;#/]/g, '')
		.trim()
		.slice(0, LONGEST_PHONE);
}

async function existingRecord(
	client: ZohoCrmClient,
	module: string,
	id: string,
): Promise<CallerRecord> {
	const { body } = await client.read({ method: 'GET', path: recordPath(module, id) });
	const raw = ((body?.data ?? []) as IDataObject[])[0] ?? { id };
	return toCallerRecord(toCandidate(module, raw), client.recordUrl(module, id));
}

function newRecord(
	client: ZohoCrmClient,
	module: string,
	id: string,
	{ name, ownerId }: NewCallerRecord,
): CallerRecord {
	return {
		module,
		id,
		name,
		ownerId,
		ownerEmail: null,
		url: client.recordUrl(module, id),
		accountId: null,
		accountName: null,
	};
}
