import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../transport/ServiceError';
import { recordPath } from '../../transport/paths';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { fieldsOf, refuseUnknownFields } from '../metadata/fields';
import { recordNotFound } from '../refusal';

/**
 * One record by its id.
 *
 * @param chosenFields API names; empty for all fields
 * @throws ServiceError of kind `notFound` when there is none: Zoho says so with an empty answer or by refusing the id
 */
export async function getRecord(
	client: ZohoCrmClient,
	module: string,
	id: string,
	chosenFields: readonly string[] = [],
): Promise<IDataObject> {
	const path = recordPath(module, id);
	if (chosenFields.length > 0) {
		refuseUnknownFields(module, chosenFields, await fieldsOf(client, module));
	}
	const query = { fields: chosenFields.length > 0 ? chosenFields.join(',') : undefined };
	const answer = await client.read({ method: 'GET', path, query }).catch((error: unknown) => {
		throw error instanceof ServiceError && error.code === 'INVALID_DATA'
			? recordNotFound(module, id)
			: error;
	});
	const [record] = (answer.body?.data ?? []) as IDataObject[];
	if (!record) throw recordNotFound(module, id);
	return record;
}
