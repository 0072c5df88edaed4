import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { languageOf, type Language } from '../pages/language';

export const languageParameter: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'options',
	options: [
		{ name: 'As the Browser Asks', value: 'auto' },
		{ name: 'Chinese', value: 'zh' },
		{ name: 'English', value: 'en' },
	],
	default: 'auto',
	description:
		'By default the one that the browser asks for, if the item still has the headers of the request. Behind other nodes, take the language that Link > Check has found.',
};

/** The language chosen, or the one that the request in the item asks for. */
export function chosenLanguage(context: IExecuteFunctions, itemIndex: number): Language {
	const chosen = context.getNodeParameter('language', itemIndex);
	if (chosen !== 'auto') return languageOf(chosen);
	const headers = context.getInputData()[itemIndex].json.headers as IDataObject | undefined;
	return languageOf(headers?.['accept-language']);
}
