import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { locatedValue } from '../../../../actions/locatedValue';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { successOf } from '../../../transport/errors';
import { recordPath } from '../../../transport/paths';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { automationsOf, automationsOption } from '../../automations';
import { moduleLocator, RECORD_ID_PLACEHOLDER } from '../../parameters';
import { preparedRecord } from '../../records/recordData';
import { writtenRecord } from '../../records/writtenRecord';
import { refusal } from '../../refusal';

/** Changes the given fields of one record of any module, whose names may come from an expression. */
export const update: Operation = {
	description: shownFor('record', 'update', [
		{
			...moduleLocator('Module', 'module', { required: true }),
			description: 'Module that the record belongs to',
		},
		{
			displayName: 'Record ID',
			name: 'recordId',
			type: 'string',
			default: '',
			required: true,
			placeholder: RECORD_ID_PLACEHOLDER,
			description: "Last part of the record's address in the browser",
		},
		{
			displayName: 'Field Values',
			name: 'fieldValues',
			type: 'json',
			default: '{}',
			required: true,
			placeholder: 'e.g. { "Industry": "Logistics" }',
			description: 'By API name of the field. Null clears a field.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [automationsOption],
		},
	]),
	async execute(context, itemIndex) {
		const given = givenValues(context, itemIndex);
		const client = await zohoCrmClient(context, itemIndex);
		const module = locatedValue(context, 'module', itemIndex);
		const path = recordPath(module, context.getNodeParameter('recordId', itemIndex) as string);
		const record = await preparedRecord(context, client, module, 'update', given);
		const { body } = await client.write({
			method: 'PUT',
			path,
			body: { data: [record], ...automationsOf(context, itemIndex) },
		});
		const success = successOf((body?.data as IDataObject[] | undefined)?.[0]);
		return [{ json: writtenRecord(record, success) }];
	},
};

function givenValues(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const values = objectOf(context.getNodeParameter('fieldValues', itemIndex));
	if (values === null) {
		throw refusal(
			'The parameter Field Values holds no JSON object',
			'Give it as { "Industry": "Logistics" }, or as an expression that gives an object.',
		);
	}
	if (Object.keys(values).length > 0) return values;
	throw refusal('There is nothing to update', 'Add at least one field with a value.');
}

function objectOf(value: unknown): IDataObject | null {
	if (typeof value === 'string') {
		try {
			return objectOf(JSON.parse(value) as object);
		} catch {
			return null;
		}
	}
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as IDataObject)
		: null;
}
