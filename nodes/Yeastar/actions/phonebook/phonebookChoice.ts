import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { PhonebookChoice } from '../../phonebookSync/chosenPhonebook';
import { phonebookLocator } from '../locators';

/** A phonebook that may also be given by its name, which is all that a template can know of it. */
export const phonebookOrNameLocator: INodeProperties = {
	...phonebookLocator,
	modes: [
		...(phonebookLocator.modes ?? []),
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. Customers',
		},
	],
};

/** @param createIfMissing whether one that is given by its name is created if there is none */
export function phonebookChoice(
	context: IExecuteFunctions,
	itemIndex: number,
	createIfMissing: boolean,
): PhonebookChoice {
	const { mode } = context.getNodeParameter('phonebook', itemIndex) as { mode?: string };
	const value = String(
		context.getNodeParameter('phonebook', itemIndex, '', { extractValue: true }) ?? '',
	).trim();
	return mode === 'name' ? { by: 'name', name: value, createIfMissing } : { by: 'id', id: value };
}
