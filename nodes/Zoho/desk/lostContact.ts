import type { IDataObject } from 'n8n-workflow';
import type { Caller } from '../../caller/Caller';
import { ServiceError } from '../../transport/ServiceError';
import { ZOHO_DESK } from '../transport/deskErrors';
import type { ZohoDeskClient } from '../transport/zohoDesk';
import { forgetCaller } from './caller/creation';

/**
 * For `promise.catch` of a write for the caller of an item: a contact that was deleted or merged in the meantime is not
 * remembered any longer, so that the next try looks for the number anew.
 */
export function lostContact(
	client: ZohoDeskClient,
	json: IDataObject,
	contactId: string,
): (error: unknown) => never {
	return (error) => {
		if (!(error instanceof ServiceError) || !error.fields.includes('contactId')) throw error;
		const { match } = json as { match?: Caller };
		if (match?.number) forgetCaller(client, match.number);
		throw new ServiceError({
			service: ZOHO_DESK,
			kind: error.kind,
			code: error.code,
			httpStatus: error.httpStatus,
			fields: error.fields,
			message: `Zoho Desk does not know the contact ${contactId}: it was deleted or merged, or the connected agent may not see it`,
			advice: match
				? 'Run the workflow again from Caller > Find on: the number is looked up anew.'
				: 'Check the parameter Contact ID.',
			cause: error,
		});
	};
}
