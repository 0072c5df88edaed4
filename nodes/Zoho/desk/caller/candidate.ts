import type { IDataObject } from 'n8n-workflow';
import type { CallerRecord } from '../../../caller/Caller';
import { personName } from '../../../customer/personName';
import type { Candidate } from '../../../phone/matchNumber';
import { storedNumbers } from '../../../phone/storedNumbers';

/** The modules of Desk in which a caller may be. */
export type CallerModule = 'contacts' | 'accounts';

/** A contact or account whose numbers may be the caller's. */
export interface DeskCandidate extends Candidate {
	module: CallerModule;
	raw: IDataObject;
}

/** A record of an answer as a candidate for the comparison of numbers: telephones and custom fields, no fax. */
export function toCandidate(module: CallerModule, raw: IDataObject): DeskCandidate {
	const { phone, mobile, cf } = raw;
	const owner = raw.owner as { emailId?: string } | null | undefined;
	return {
		module,
		id: String(raw.id),
		numbers: [...storedNumbers({ phone, mobile }), ...storedNumbers((cf ?? {}) as IDataObject)],
		ownerId: textOf(raw.ownerId),
		ownerEmail: owner?.emailId ?? null,
		modifiedAt: textOf(raw.modifiedTime),
		raw,
	};
}

export function toCallerRecord({
	module,
	id,
	raw,
	ownerId,
	ownerEmail,
}: DeskCandidate): CallerRecord {
	const account = raw.account as { accountName?: string } | null | undefined;
	const isContact = module === 'contacts';
	return {
		module,
		id,
		name: isContact
			? personName(textOf(raw.firstName), textOf(raw.lastName), '')
			: (textOf(raw.accountName) ?? ''),
		ownerId,
		ownerEmail,
		url: textOf(raw.webUrl),
		accountId: isContact ? textOf(raw.accountId) : null,
		accountName: isContact ? (account?.accountName ?? null) : null,
		...(isContact ? { contactId: id } : {}),
	};
}

function textOf(value: unknown): string | null {
	return value === null || value === undefined || value === '' ? null : String(value);
}
