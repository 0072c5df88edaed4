import type { IDataObject } from 'n8n-workflow';
import type { WantedCaller } from '../../../caller/Caller';
import { matchNumber } from '../../../phone/matchNumber';
import { insteadOf } from '../../../transport/ServiceError';
import { deskRecordPath } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { isOutOfUse } from '../records/outOfUse';
import { toCandidate } from './candidate';

const CONTACTS_PER_PAGE = 50;

/**
 * The contact who stands for an account, since tickets are for contacts only: the one with the number, otherwise the first
 * one. Three credits.
 *
 * @returns the id; null if the account has no contact
 */
export async function contactOfAccount(
	client: ZohoDeskClient,
	accountId: string,
	wanted: WantedCaller,
): Promise<string | null> {
	const { body } = await client
		.read({
			method: 'GET',
			path: `${deskRecordPath('accounts', accountId)}/contacts`,
			query: { limit: CONTACTS_PER_PAGE },
		})
		// The address is in no description of Zoho's own (zoho-desk.md, 4.3).
		.catch(insteadOf(['notFound'], { body: undefined }));
	const contacts = ((body?.data ?? []) as IDataObject[])
		.map((record) => toCandidate('contacts', record))
		.filter(({ raw }) => !isOutOfUse(raw));
	const [withNumber] = matchNumber(wanted, contacts, wanted.lastDigits);
	return withNumber?.candidate.id ?? contacts[0]?.id ?? null;
}
