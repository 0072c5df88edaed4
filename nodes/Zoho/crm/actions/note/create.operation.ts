import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { successOf } from '../../../transport/errors';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { DRY_RUN_REASON, isDryRun } from '../../dryRun';
import { shownFor } from '../../records/RecordKind';
import { refusal } from '../../refusal';
import { relatedRecordOf, relatedRecordParameters } from '../../records/relatedRecord';

/** Adds a note to a record and the note to the item as `note`. */
export const create: Operation = {
	description: shownFor('note', 'create', [
		...relatedRecordParameters(false),
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			description: 'Heading of the note. A note needs a title or a content.',
		},
		{
			displayName: 'Content',
			name: 'content',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			description: 'Text of the note, up to 65,535 characters',
		},
	]),
	async execute(context, itemIndex) {
		const { json } = context.getInputData()[itemIndex];
		if (isDryRun(json)) return [{ json: { ...json, note: null, noteSkipped: DRY_RUN_REASON } }];
		const client = await zohoCrmClient(context, itemIndex);
		const related = relatedRecordOf(context, itemIndex);
		if (!related) throw noRecord();
		const { module, id } = related;
		const texts = textsOf(context, itemIndex);
		const { body } = await client.write({
			method: 'POST',
			path: '/Notes',
			body: { data: [{ Parent_Id: { module: { api_name: module }, id }, ...texts }] },
		});
		const created = successOf((body?.data as IDataObject[] | undefined)?.[0]);
		return [
			{
				json: {
					...json,
					note: { ...texts, id: created.id, module, recordId: id },
				},
			},
		];
	},
};

function textsOf(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const title = context.getNodeParameter('title', itemIndex, '') as string;
	const content = context.getNodeParameter('content', itemIndex, '') as string;
	if (!title && !content) {
		throw refusal('The note has neither a title nor a content', 'Fill in one of the two.');
	}
	return {
		...(title ? { Note_Title: title } : {}),
		...(content ? { Note_Content: content } : {}),
	};
}

function noRecord() {
	return refusal(
		'The caller has no record that could get the note',
		'Use Caller > Find or Create before this node, or let only known callers reach it.',
	);
}
