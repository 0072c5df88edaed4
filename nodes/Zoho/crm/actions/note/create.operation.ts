import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { DRY_RUN_REASON, isDryRun } from '../../../../caller/dryRun';
import { recordPath } from '../../../transport/paths';
import { zohoCrmClient, type ZohoCrmClient } from '../../../transport/zohoCrm';
import { createOnce } from '../../records/createOnce';
import {
	relatedRecordOf,
	relatedRecordParameters,
	type RelatedRecord,
} from '../../records/relatedRecord';
import { refusal } from '../../refusal';

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
		const created = await createOnce(context, client, itemIndex, {
			module: 'Notes',
			record: { Parent_Id: { module: { api_name: module }, id }, ...texts },
			automations: {},
			title: texts.Note_Title ?? texts.Note_Content ?? '',
			findAlike: async (since) => await notesAlike(client, related, texts, since),
		});
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

interface NoteTexts {
	Note_Title?: string;
	Note_Content?: string;
}

function textsOf(context: IExecuteFunctions, itemIndex: number): NoteTexts {
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

/** Notes cannot be queried with COQL (its page names the modules); the list of a record is no search index either. */
async function notesAlike(
	client: ZohoCrmClient,
	{ module, id }: RelatedRecord,
	sent: NoteTexts,
	since: string,
): Promise<IDataObject[]> {
	const { body } = await client.read({
		method: 'GET',
		path: `${recordPath(module, id)}/Notes`,
		query: { fields: 'Note_Title,Note_Content,Created_Time', per_page: 200 },
		headers: { 'If-Modified-Since': since },
	});
	const notes = (body?.data ?? []) as Array<IDataObject & NoteTexts>;
	return notes.filter(
		({ Note_Title, Note_Content }) =>
			plainText(Note_Title) === plainText(sent.Note_Title) &&
			plainText(Note_Content) === plainText(sent.Note_Content),
	);
}

/** Zoho may give a note back with marks of its own for line breaks. */
function plainText(text: string | null | undefined): string {
	return (text ?? '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

function noRecord() {
	return refusal(
		'The caller has no record that could get the note',
		'Use Caller > Find or Create before this node, or let only known callers reach it.',
	);
}
