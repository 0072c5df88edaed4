import type { IDataObject, ITriggerFunctions } from 'n8n-workflow';
import { ServiceError } from '../../../transport/ServiceError';
import { ZOHO_CRM } from '../../transport/errors';
import { zohoCrmClient, type ZohoCrmClient } from '../../transport/zohoCrm';
import { fieldsOf } from '../metadata/fields';
import { listRecords } from '../records/listRecords';
import { changeItem, type ToldChange } from './changeItem';
import { toldFields } from './toldFields';
import { readCrmTriggerSettings, type ChangeWish } from './triggerSettings';

/**
 * The item that the latest change of a record would have given: what a test shows where there is no channel to wait for.
 * Two credits per module that is looked at.
 *
 * @throws ServiceError if there is none
 */
export async function sampleChange(client: ZohoCrmClient, wish: ChangeWish): Promise<IDataObject> {
	for (const module of wish.modules) {
		const fields = await fieldsOf(client, module);
		const [record] = await listRecords(client, {
			module,
			fields: toldFields(fields, wish.updatedFields[module] ?? []),
			limit: 1,
			sortBy: 'Modified_Time',
			sortOrder: 'desc',
		});
		if (record) return changeItem(sampleOf(module, record, wish), fields);
	}
	throw new ServiceError({
		service: ZOHO_CRM,
		kind: 'notFound',
		message: 'Zoho CRM has no record in the chosen modules',
		advice: 'Create one in Zoho CRM, or choose other modules, and test again.',
	});
}

/** The same for the settings of a node. @throws NodeOperationError, ServiceError */
export async function sampleFor(context: ITriggerFunctions): Promise<IDataObject> {
	const { wish } = readCrmTriggerSettings(context);
	return await sampleChange(await zohoCrmClient(context), wish);
}

function sampleOf(module: string, record: IDataObject, { changes }: ChangeWish): ToldChange {
	const recordId = String(record.id);
	const isCreated = !changes.includes('updated') && changes.includes('created');
	const isDeleted = changes.every((change) => change === 'deleted');
	const time = isCreated ? record.Created_Time : record.Modified_Time;
	return {
		change: isDeleted ? 'deleted' : isCreated ? 'created' : 'updated',
		module,
		recordId,
		record: isDeleted ? null : record,
		changedFields: isCreated ? [] : null,
		eventTimeMs: Date.parse(String(time)),
		receivedBy: 'search',
	};
}
