import type { TemplateNode } from './templateFiles.mts';

export interface PlacedString {
	/** Such as `columns.value.callId`. */
	path: string;
	text: string;
}

/** Every text in a value, however deep. */
export function stringsIn(value: unknown, path = ''): PlacedString[] {
	if (typeof value === 'string') return [{ path, text: value }];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		stringsIn(inner, path === '' ? key : `${path}.${key}`),
	);
}

/** The code between the braces of all expressions of a node. */
export function expressionsOf({ parameters }: TemplateNode): string[] {
	return stringsIn(parameters)
		.filter(({ text }) => text.startsWith('='))
		.flatMap(({ text }) => [...text.matchAll(/\{\{([\s\S]*?)\}\}/g)].map(([, code]) => code));
}

const LITERAL = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g;

/** Names of the nodes that an expression reads: `$('Name')`. */
export function nodesReadBy(code: string): string[] {
	return [...code.matchAll(/\$\(\s*(['"])(.*?)\1\s*\)/g)].map(([, , name]) => name);
}

/** Everything in an expression that can be the name of a property. */
export function propertyNamesIn(code: string): string[] {
	const inBrackets = [...code.matchAll(/\[\s*(['"])(.*?)\1\s*\]/g)].map(([, , name]) => name);
	return [...(code.replace(LITERAL, '').match(/[\w$]+/g) ?? []), ...inBrackets];
}

/** An expression cut into its code and its texts. */
export function codeAndTexts(expression: string): { code: string; texts: string[] } {
	return {
		code: expression.replace(LITERAL, "''"),
		texts: expression.match(LITERAL) ?? [],
	};
}

export const hasChinese = (text: string) => /\p{Script=Han}/u.test(text);

/** Words as people count them, in English and in Chinese, Markdown signs left out. */
export function countWords(text: string): number {
	const segments = new Intl.Segmenter('zh', { granularity: 'word' }).segment(text);
	return [...segments].filter(({ isWordLike }) => isWordLike).length;
}
