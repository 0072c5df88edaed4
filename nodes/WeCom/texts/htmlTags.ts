/** A tag of HTML, and where it stands. */
export interface HtmlTag {
	/** In lower case. */
	name: string;
	isEndTag: boolean;
	attributes: string;
	/** Where it begins, and where the text behind it begins. */
	start: number;
	end: number;
}

/**
 * As browsers read it: only a value after an equals sign is quoted, and what has no end goes on to the end of the text. Each
 * part matches wherever it is tried, so that no text takes long, however broken it is.
 */
const TAG = /<(\/?)([a-z][a-z0-9]*)\b((?:=\s*"[^"]*(?:"|$)|=\s*'[^']*(?:'|$)|[^>])*)(?:>|$)/gi;
const WITHOUT_TEXT = /<!--[\s\S]*?(?:-->|$)|<(script|style|head|title)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;

export function* tagsIn(html: string): Generator<HtmlTag> {
	for (const match of html.matchAll(TAG)) {
		const [whole, slash, name, attributes] = match;
		yield {
			name: name.toLowerCase(),
			isEndTag: slash !== '',
			attributes,
			start: match.index,
			end: match.index + whole.length,
		};
	}
}

/** HTML without comments, scripts and the like, which are no text. */
export function withTextOnly(html: string): string {
	return html.replace(WITHOUT_TEXT, '');
}
