import type { N8nSession } from './n8nSession.mts';

export type CellValue = string | number | boolean | null;
export type Row = Record<string, CellValue>;

interface Table {
	id: string;
	name: string;
	projectId: string;
}

/** Data tables by name, in the owner's personal project, where the templates make them. */
export function dataTablesOf(session: N8nSession) {
	const tables = async (): Promise<Table[]> => {
		const answer = await session.get<{ data: Table[] } | Table[]>('/rest/data-tables-global', {
			take: 100,
		});
		return Array.isArray(answer) ? answer : answer.data;
	};

	const addressOf = async (name: string): Promise<string> => {
		const table = (await tables()).find((candidate) => candidate.name === name);
		if (!table) throw new Error(`n8n has no data table named "${name}"`);
		return `/rest/projects/${table.projectId}/data-tables/${table.id}`;
	};

	const equals = (match: Row) => ({
		type: 'and',
		filters: Object.entries(match).map(([columnName, value]) => ({
			columnName,
			condition: 'eq',
			value,
		})),
	});

	return {
		tableNames: async (): Promise<string[]> => (await tables()).map(({ name }) => name),

		createTable: async (
			name: string,
			columns: Record<string, 'string' | 'number' | 'boolean' | 'date'>,
		): Promise<void> => {
			const { id } = await session.get<{ id: string }>('/rest/projects/personal');
			await session.post(`/rest/projects/${id}/data-tables`, {
				name,
				columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
			});
		},

		/** All rows, or those equal in the columns given; n8n's own columns id, createdAt, updatedAt included. */
		readRows: async <T = Row,>(name: string, match: Row = {}): Promise<T[]> => {
			const address = await addressOf(name);
			const rows: T[] = [];
			for (;;) {
				const page = await session.get<{ count: number; data: T[] }>(`${address}/rows`, {
					take: 100,
					skip: rows.length,
					filter: JSON.stringify(equals(match)),
				});
				rows.push(...page.data);
				if (page.data.length === 0 || rows.length >= page.count) return rows;
			}
		},

		insertRows: async (name: string, rows: Row[]): Promise<void> => {
			await session.post(`${await addressOf(name)}/insert`, { data: rows, returnType: 'count' });
		},

		updateRows: async (name: string, match: Row, data: Row): Promise<void> => {
			await session.patch(`${await addressOf(name)}/rows`, { filter: equals(match), data });
		},

		deleteRows: async (name: string, match: Row): Promise<void> => {
			await session.delete(`${await addressOf(name)}/rows`, {
				filter: JSON.stringify(equals(match)),
			});
		},
	};
}
