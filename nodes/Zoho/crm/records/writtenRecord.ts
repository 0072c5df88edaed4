import type { IDataObject } from 'n8n-workflow';
import type { WriteSuccess } from '../../transport/errors';

/**
 * A record after it was written, as far as it is known without asking Zoho again: what was sent, and what Zoho answers
 * about id and times.
 */
export function writtenRecord(
	sent: IDataObject,
	{ id, details, action }: WriteSuccess,
): IDataObject {
	const { Created_Time, Modified_Time } = details as IDataObject;
	return {
		...sent,
		id,
		...(Created_Time ? { Created_Time } : {}),
		...(Modified_Time ? { Modified_Time } : {}),
		...(action ? { action } : {}),
	};
}
