import type { INodeProperties } from 'n8n-workflow';

import { choicesOf } from '../../package/shownParameters.mts';

/** What the README says for values that have no words of their own in the editor. */
export interface DefaultWords {
	on: string;
	off: string;
	/** Nothing is chosen or added. */
	none: string;
	/** Nothing is typed. */
	empty: string;
}

/** How the README writes the default value of a parameter. */
export function shownDefault(parameter: INodeProperties, words: DefaultWords): string {
	const { default: value } = parameter;
	const choices = choicesOf(parameter);
	const nameOf = (chosen: unknown) =>
		choices.find((choice) => choice.value === chosen)?.name ?? String(chosen);
	if (typeof value === 'boolean') return value ? words.on : words.off;
	if (Array.isArray(value)) return value.map(nameOf).join(', ') || words.none;
	if (typeof value === 'object') return words.none;
	if (choices.length > 0) return nameOf(value);
	if (typeof value === 'number') return String(value);
	return value ? `\`${String(value).replace(/^=/, '')}\`` : words.empty;
}
