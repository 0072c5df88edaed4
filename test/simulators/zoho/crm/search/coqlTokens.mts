import { refuse } from '../apiMessage.mts';

export interface Token {
	kind: 'name' | 'text' | 'number' | 'symbol' | 'end';
	/** Of a quoted text: without quotes and backslashes. */
	text: string;
	/** Position in the query. */
	at: number;
}

const PARTS = [
	{ kind: 'name', pattern: /[A-Za-z_$][A-Za-z0-9_$.]*/y },
	{ kind: 'number', pattern: /-?\d+(?:\.\d+)?/y },
	{ kind: 'symbol', pattern: /!=|>=|<=|[=<>(),]/y },
	// A quote inside a text has a backslash before it.
	{ kind: 'text', pattern: /'(?:[^'\\]|\\.)*'/y },
] as const;

/** The last token is the end. */
export function readTokens(query: string): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	while (at < query.length) {
		if (/\s/.test(query[at])) {
			at++;
			continue;
		}
		const token = readToken(query, at);
		if (!token) {
			return refuse(400, 'SYNTAX_ERROR', 'error occurred while parsing the query', {
				line: 1,
				column: at,
				near: query.slice(at, at + 10),
			});
		}
		tokens.push(token.token);
		at = token.end;
	}
	return [...tokens, { kind: 'end', text: '', at }];
}

function readToken(query: string, at: number): { token: Token; end: number } | undefined {
	for (const { kind, pattern } of PARTS) {
		pattern.lastIndex = at;
		const found = pattern.exec(query)?.[0];
		if (found === undefined) continue;
		const text = kind === 'text' ? found.slice(1, -1).replace(/\\(.)/g, '$1') : found;
		return { token: { kind, text, at }, end: at + found.length };
	}
	return undefined;
}
