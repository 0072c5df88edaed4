import { refuse } from '../apiMessage.mts';
import type { Token } from './coqlTokens.mts';
import { readTokens } from './coqlTokens.mts';

export interface Query {
	/** API names, with dots or arrows for related modules. */
	columns: string[];
	module: string;
	where: Condition;
	orderBy: { column: string; ascending: boolean }[];
	limit: number;
	offset: number;
}

export type Condition =
	| { kind: 'and' | 'or'; left: Condition; right: Condition }
	| { kind: 'compare'; column: string; operator: Operator; values: Literal[] };

export type Operator =
	| '='
	| '!='
	| '>'
	| '>='
	| '<'
	| '<='
	| 'like'
	| 'not like'
	| 'in'
	| 'not in'
	| 'between'
	| 'not between'
	| 'is null'
	| 'is not null';

export interface Literal {
	text: string;
	/** Numbers and booleans stand without quotes. */
	quoted: boolean;
}

export const DEFAULT_LIMIT = 200;
const COMPARISONS = ['=', '!=', '>', '>=', '<', '<='];

/**
 * Reads `select … from … where … [order by …] [limit …] [offset …]`. A bracket holds at most two conditions, so three
 * are written `((a or b) or c)` (Get Records through a COQL Query, criteria).
 */
export function parseCoql(text: string): Query {
	const tokens = readTokens(text);
	let position = 0;

	word('select');
	const columns = [readColumn()];
	while (takeSymbol(',')) columns.push(readColumn());
	word('from');
	const module = readName();
	if (!takeWord('where')) missingClause('where');
	const where = readConditions();
	const orderBy = takeWord('order') ? readOrder() : [];
	const { limit, offset } = readWindow();
	if (tokens[position].kind !== 'end') syntaxError(tokens[position]);
	return { columns, module, where, orderBy, limit, offset };

	function readConditions(): Condition {
		const left = readOperand();
		for (const kind of ['and', 'or'] as const) {
			if (takeWord(kind)) return { kind, left, right: readOperand() };
		}
		return left;
	}

	function readOperand(): Condition {
		if (!takeSymbol('(')) return readComparison();
		const inner = readConditions();
		symbol(')');
		return inner;
	}

	function readComparison(): Condition {
		const column = readColumn();
		const compare = (operator: Operator, values: Literal[] = []): Condition => ({
			kind: 'compare',
			column,
			operator,
			values,
		});
		if (takeWord('is')) {
			const negated = takeWord('not');
			word('null');
			return compare(negated ? 'is not null' : 'is null');
		}
		const not = takeWord('not') ? 'not ' : '';
		if (takeWord('like')) return compare(`${not}like` as Operator, [readLiteral()]);
		if (takeWord('in')) return compare(`${not}in` as Operator, readValueList());
		if (takeWord('between')) {
			const from = readLiteral();
			word('and');
			return compare(`${not}between` as Operator, [from, readLiteral()]);
		}
		const token = tokens[position];
		if (not !== '' || token.kind !== 'symbol' || !COMPARISONS.includes(token.text)) {
			return syntaxError(token);
		}
		position++;
		return compare(token.text as Operator, [readLiteral()]);
	}

	function readValueList(): Literal[] {
		symbol('(');
		const values = [readLiteral()];
		while (takeSymbol(',')) values.push(readLiteral());
		symbol(')');
		return values;
	}

	function readLiteral(): Literal {
		const token = tokens[position];
		if (token.kind === 'text') return literal(true);
		if (token.kind === 'number') return literal(false);
		if (token.kind === 'name' && /^(true|false)$/i.test(token.text)) return literal(false);
		return syntaxError(token);

		function literal(quoted: boolean): Literal {
			position++;
			return { text: token.text, quoted };
		}
	}

	function readOrder() {
		word('by');
		const order = [];
		do {
			const column = readColumn();
			const descending = takeWord('desc');
			if (!descending) takeWord('asc');
			order.push({ column, ascending: !descending });
		} while (takeSymbol(','));
		return order;
	}

	/** `limit 200 offset 400`, or `limit 400, 200` with the offset first. */
	function readWindow() {
		let limit = DEFAULT_LIMIT;
		let offset = 0;
		if (takeWord('limit')) {
			limit = readCount();
			if (takeSymbol(',')) [offset, limit] = [limit, readCount()];
		}
		if (takeWord('offset')) offset = readCount();
		return { limit, offset };
	}

	function readCount(): number {
		const token = tokens[position];
		if (token.kind !== 'number' || !/^\d+$/.test(token.text)) return syntaxError(token);
		position++;
		return Number(token.text);
	}

	/** A name, or a quoted path through a lookup to several modules: `'What_Id->Leads.Last_Name'`. */
	function readColumn(): string {
		const token = tokens[position];
		if (token.kind === 'text' && token.text.includes('->')) {
			position++;
			return token.text;
		}
		return readName();
	}

	function readName(): string {
		const token = tokens[position];
		if (token.kind !== 'name') return syntaxError(token);
		position++;
		return token.text;
	}

	function word(text: string) {
		if (!takeWord(text)) syntaxError(tokens[position]);
	}

	function takeWord(text: string): boolean {
		const { kind, text: found } = tokens[position];
		const taken = kind === 'name' && found.toLowerCase() === text;
		if (taken) position++;
		return taken;
	}

	function symbol(text: string) {
		if (!takeSymbol(text)) syntaxError(tokens[position]);
	}

	function takeSymbol(text: string): boolean {
		const taken = tokens[position].kind === 'symbol' && tokens[position].text === text;
		if (taken) position++;
		return taken;
	}
}

function syntaxError({ text, at }: Token): never {
	return refuse(400, 'SYNTAX_ERROR', 'error occurred while parsing the query', {
		line: 1,
		column: at,
		near: text,
	});
}

function missingClause(clause: string): never {
	return refuse(400, 'SYNTAX_ERROR', 'missing clause', { clause });
}
