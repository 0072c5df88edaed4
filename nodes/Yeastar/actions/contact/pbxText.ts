/** What the PBX accepts in the fields of a contact (yeastar.md, 5.1; from Yeastar's CSV import, not published for the API). */
interface TextRule {
	forbidden: RegExp;
	maxLength: number;
}

export type PbxTextKind = 'name' | 'company' | 'email' | 'number' | 'other';

const RULES: Record<PbxTextKind, TextRule> = {
	name: { forbidden: /[!%.@:&"'\\<>`$]/g, maxLength: 127 },
	company: { forbidden: /[&"'\\<>]/g, maxLength: 255 },
	email: { forbidden: /[\s"'\\<>]/g, maxLength: 127 },
	number: { forbidden: /[^\d ().+-]/g, maxLength: 31 },
	other: { forbidden: /(?!)/g, maxLength: 255 },
};

export interface PbxText {
	text: string;
	/** What had to go, for people: `"&"`, `all after 127 characters`; empty if nothing. */
	removed: string[];
}

/** The text as the PBX takes it. */
export function pbxText(kind: PbxTextKind, typed: string): PbxText {
	const { forbidden, maxLength } = RULES[kind];
	const trimmed = typed.trim();
	const characters = [...new Set(trimmed.match(forbidden) ?? [])];
	const allowed = trimmed.replace(forbidden, '').replace(/ {2,}/g, ' ').trim();
	// A cut through the middle of a character would leave half of it.
	const text = allowed
		.slice(0, maxLength)
		.replace(/[\ud800-\udbff]$/, '')
		.trim();
	return {
		text,
		removed: [
			...characters.map((character) => `"${character}"`),
			...(allowed.length > maxLength ? [`all after ${maxLength} characters`] : []),
		],
	};
}
