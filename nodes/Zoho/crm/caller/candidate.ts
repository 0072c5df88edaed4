import type { IDataObject } from 'n8n-workflow';
import type { CallerRecord } from '../../../caller/Caller';
import { personName } from '../../../customer/personName';
import type { Candidate } from '../../../phone/matchNumber';
import { storedNumbers } from '../../../phone/storedNumbers';

/** A record of the CRM whose numbers may be the caller's. */
export interface ZohoCandidate extends Candidate {
	raw: IDataObject;
}

/** A record of an answer as a candidate for the comparison of numbers. */
export function toCandidate(module: string, raw: IDataObject): ZohoCandidate {
	const owner = raw.Owner as { id?: string; email?: string } | null | undefined;
	return {
		module,
		id: String(raw.id),
		numbers: storedNumbers(raw),
		ownerId: owner?.id ?? null,
		ownerEmail: owner?.email ?? null,
		modifiedAt: typeof raw.Modified_Time === 'string' ? raw.Modified_Time : null,
		raw,
	};
}

/** Converted leads live on as contacts; a call belongs on the contact. */
export function isConvertedLead({ module, raw }: ZohoCandidate): boolean {
	return module === 'Leads' && (raw.Converted__s === true || raw.$converted === true);
}

export function toCallerRecord(
	{ module, id, raw, ownerId, ownerEmail }: ZohoCandidate,
	url: string | null,
): CallerRecord {
	const account = module === 'Contacts' ? lookup(raw.Account_Name) : null;
	return {
		module,
		id,
		name: recordName(module, raw),
		ownerId,
		ownerEmail,
		url,
		accountId: account?.id ?? null,
		accountName: account?.name ?? null,
	};
}

function lookup(value: unknown): { id: string; name: string | null } | null {
	const { id, name } = (value ?? {}) as { id?: string; name?: string };
	return id ? { id: String(id), name: name ?? null } : null;
}

function recordName(module: string, raw: IDataObject): string {
	const person = personName(
		textOf(raw.First_Name) || null,
		textOf(raw.Last_Name) || null,
		textOf(raw.Full_Name),
	);
	const accountName = module === 'Accounts' ? raw.Account_Name : undefined;
	return person || textOf(accountName) || textOf(raw.Name) || textOf(raw.Subject);
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
