import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { TEXT_FIELDS } from './contactFields';
import { NUMBER_TYPES, type ContactNumber, type NumberType } from './contactRow';
import { pbxText } from './pbxText';

/** The fields of a contact in the names of the API, with texts that the PBX accepts; a hint tells what was removed. */
export function contactBody(
	context: IExecuteFunctions,
	itemIndex: number,
	given: IDataObject,
): IDataObject {
	const body: IDataObject = {};
	for (const [name, { field, label, kind }] of Object.entries(TEXT_FIELDS)) {
		if (given[name] === undefined) continue;
		const { text, removed } = pbxText(kind, String(given[name]));
		body[field] = text;
		tellWhatWasRemoved(context, itemIndex, label, removed);
	}
	if (body.first_name === '') {
		throw new NodeOperationError(
			context.getNode(),
			`First Name has no character that the PBX accepts [Item ${itemIndex}]`,
			{
				description: 'The PBX needs a first name; put the company there if there is none.',
				itemIndex,
			},
		);
	}
	if (given.phonebookIds !== undefined) {
		body.phonebook_id_list = (given.phonebookIds as Array<string | number>).map(Number);
	}
	return body;
}

/** The entries of the Numbers parameter; an empty number stays, it means "no number of this type". */
export function givenNumbers(
	context: IExecuteFunctions,
	itemIndex: number,
	collection: IDataObject | undefined,
): ContactNumber[] {
	const entries = (collection?.number ?? []) as Array<{ type: NumberType; number: unknown }>;
	const numbers = entries.map(({ type, number }) => {
		const { text, removed } = pbxText('number', String(number ?? ''));
		tellWhatWasRemoved(context, itemIndex, labelOf(type), removed);
		return { type, number: text };
	});
	const repeated = numbers.find(
		({ type }, index) => numbers.findIndex((each) => each.type === type) < index,
	);
	if (repeated) {
		throw new NodeOperationError(
			context.getNode(),
			`Numbers has two entries of type ${labelOf(repeated.type)} [Item ${itemIndex}]`,
			{ description: 'A contact has one number of each type. Use another type.', itemIndex },
		);
	}
	return numbers;
}

/** `number_list` of the API. */
export function numberList(numbers: ContactNumber[]): IDataObject[] {
	return numbers
		.filter(({ number }) => number !== '')
		.map(({ type, number }) => ({ num_type: type, number }));
}

function labelOf(type: NumberType): string {
	return NUMBER_TYPES.find(({ value }) => value === type)?.name ?? type;
}

function tellWhatWasRemoved(
	context: IExecuteFunctions,
	itemIndex: number,
	label: string,
	removed: string[],
): void {
	if (removed.length === 0) return;
	context.addExecutionHints({
		message: `The PBX does not accept everything in ${label} of item ${itemIndex}. Removed: ${removed.join(', ')}`,
		location: 'outputPane',
	});
}
