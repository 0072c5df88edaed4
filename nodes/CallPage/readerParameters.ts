import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { IANAZone } from 'luxon';
import type { Reader } from '../pages/moments';
import { systemClock } from '../transport/Clock';
import { chosenLanguage, languageParameter } from './languageParameter';

/** In which words and by which clock a page tells times. */
export const readerParameters: INodeProperties[] = [
	languageParameter,
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Asia/Shanghai',
		description: 'Of the person who reads the page. Left empty, it is that of the workflow.',
	},
];

export function chosenReader(context: IExecuteFunctions, itemIndex: number): Reader {
	const zone = String(context.getNodeParameter('timeZone', itemIndex) ?? '').trim();
	if (zone !== '' && !IANAZone.isValidZone(zone)) {
		throw new NodeOperationError(context.getNode(), `The time zone '${zone}' is not known`, {
			description: 'Give a name such as Asia/Shanghai.',
			itemIndex,
		});
	}
	return {
		language: chosenLanguage(context, itemIndex),
		timeZone: zone || context.getTimezone(),
		now: systemClock.now(),
	};
}
