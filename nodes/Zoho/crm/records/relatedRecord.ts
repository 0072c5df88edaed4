import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { recordId, modulePath } from '../../transport/paths';
import { locatedValue } from '../../../actions/locatedValue';
import { moduleLocator, RECORD_ID_PLACEHOLDER } from '../parameters';
import { refusal } from '../refusal';

/** The record that a task or a note belongs to. */
export interface RelatedRecord {
	module: string;
	id: string;
}

/**
 * The choice of a record: the one that Caller > Find has put into the item, or any other.
 *
 * @param withoutRecord whether "None" is a choice, too
 */
export function relatedRecordParameters(withoutRecord: boolean): INodeProperties[] {
	return [
		{
			displayName: 'Related To',
			name: 'relatedTo',
			type: 'options',
			default: 'caller',
			description: 'Record that this belongs to',
			options: [
				{
					name: 'Caller',
					value: 'caller',
					description: 'The record that Caller > Find or Find or Create has put into the item',
				},
				...(withoutRecord ? [{ name: 'None', value: 'none' }] : []),
				{ name: 'Record', value: 'record', description: 'A record of any module' },
			],
		},
		{
			...moduleLocator('Module', 'relatedModule', { required: true }),
			description: 'Module of the record',
			displayOptions: { show: { relatedTo: ['record'] } },
		},
		{
			displayName: 'Record ID',
			name: 'relatedId',
			type: 'string',
			default: '',
			required: true,
			placeholder: RECORD_ID_PLACEHOLDER,
			description: "Last part of the record's address in the browser",
			displayOptions: { show: { relatedTo: ['record'] } },
		},
	];
}

/**
 * What is chosen by `relatedRecordParameters`.
 *
 * @returns null for "None", and for a caller who has no record
 */
export function relatedRecordOf(
	context: IExecuteFunctions,
	itemIndex: number,
): RelatedRecord | null {
	switch (context.getNodeParameter('relatedTo', itemIndex)) {
		case 'caller':
			return recordOfCaller(context.getInputData()[itemIndex].json);
		case 'record':
			return chosenRecord(context, itemIndex);
		default:
			return null;
	}
}

function recordOfCaller({ match: caller }: IDataObject): RelatedRecord | null {
	if (caller === undefined) {
		throw refusal(
			'The item does not say who the caller is',
			'Put Caller > Find before this node, or choose something else under Related To.',
		);
	}
	const { module, id } = ((caller as IDataObject | null)?.record ?? {}) as Partial<RelatedRecord>;
	return module && id ? { module, id } : null;
}

function chosenRecord(context: IExecuteFunctions, itemIndex: number): RelatedRecord {
	const module = locatedValue(context, 'relatedModule', itemIndex);
	modulePath(module);
	return { module, id: recordId(context.getNodeParameter('relatedId', itemIndex) as string) };
}
