import type { IDataObject, IExecuteFunctions, ResourceMapperValue } from 'n8n-workflow';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { fieldsOf, isWritable, refuseUnknownFields } from '../metadata/fields';
import { zohoValue } from './fieldValues';
import { refusal } from '../refusal';
import { findUserByEmail } from '../metadata/users';

/** Name of the resource mapper parameter in all operations that write records. */
export const FIELDS_PARAMETER = 'fields';

/**
 * The record that one item stands for, ready to be sent.
 *
 * Fields left empty in the editor are not sent. With automatic mapping, an explicit null in the input clears the field
 * and fields that nobody can write (creation time …) are passed over.
 *
 * @throws ServiceError when a field does not exist: Zoho would drop it and report success
 */
export async function recordDataOf(
	context: IExecuteFunctions,
	client: ZohoCrmClient,
	module: string,
	change: 'create' | 'update',
	itemIndex: number,
): Promise<IDataObject> {
	const mapped = context.getNodeParameter(FIELDS_PARAMETER, itemIndex) as ResourceMapperValue;
	const automatic = mapped.mappingMode === 'autoMapInputData';
	const given: IDataObject = automatic
		? context.getInputData()[itemIndex].json
		: withoutEmpty((mapped.value ?? {}) as IDataObject);
	const ignoreUnknown = context.getNodeParameter('options.ignoreUnknownFields', itemIndex, false);
	return await preparedRecord(context, client, module, change, given, {
		skipsUnwritable: automatic,
		ignoresUnknown: Boolean(ignoreUnknown),
	});
}

/**
 * Values by API name, as Zoho takes them.
 *
 * @param tolerance whether fields that nobody can write are passed over, and fields that do not exist are left out
 * @throws ServiceError when a field does not exist, cannot be written, or cannot hold the value
 */
export async function preparedRecord(
	context: IExecuteFunctions,
	client: ZohoCrmClient,
	module: string,
	change: 'create' | 'update',
	given: IDataObject,
	tolerance = { skipsUnwritable: false, ignoresUnknown: false },
): Promise<IDataObject> {
	const fields = await fieldsOf(client, module);
	if (!tolerance.ignoresUnknown) refuseUnknownFields(module, Object.keys(given), fields);

	const zone = context.getTimezone();
	const record: IDataObject = {};
	for (const [name, value] of Object.entries(given)) {
		const field = fields.find(({ api_name }) => api_name === name);
		if (name.startsWith('$')) record[name] = value;
		else if (value === undefined || !field) continue;
		else if (!isWritable(field, change)) refuseIfChosen(tolerance.skipsUnwritable, name, module);
		else record[name] = zohoValue(field, await withUserId(client, field.data_type, value), zone);
	}
	return record;
}

/** People name an owner by e-mail address; Zoho wants the id. */
async function withUserId(client: ZohoCrmClient, dataType: string, value: unknown) {
	const isUserField = dataType === 'ownerlookup' || dataType === 'userlookup';
	if (!isUserField || typeof value !== 'string' || !value.includes('@')) return value;
	const user = await findUserByEmail(client, value);
	if (user) return user.id;
	throw refusal(
		`Zoho CRM has no active user with the e-mail address ${value}`,
		'Check the address, or give the user ID.',
	);
}

function refuseIfChosen(automatic: boolean, name: string, module: string): void {
	if (automatic) return;
	throw refusal(
		`The field ${name} of ${module} cannot be written`,
		'Take it out of the node: Zoho CRM fills it by itself, or the connected user may only read it.',
	);
}

function withoutEmpty(values: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(values).filter(
			([, value]) => value !== null && value !== undefined && value !== '',
		),
	);
}
