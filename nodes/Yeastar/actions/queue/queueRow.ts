import type { IDataObject } from 'n8n-workflow';
import type { YeastarPbx } from '../../transport/yeastarPbx';

export interface QueueRow extends IDataObject {
	id: number | string;
	number?: string;
	name?: string;
}

/** Rows of `queue/list`, which are in `queue_list` and not where all other lists have them (yeastar.md, 2). */
export async function readQueues(pbx: YeastarPbx, limit?: number): Promise<QueueRow[]> {
	const rows = await pbx.list<QueueRow>('queue/list', {}, { rowsAt: 'queue_list', limit });
	return rows.length > 0 ? rows : await pbx.list<QueueRow>('queue/list', {}, { limit });
}

export function simplifiedQueue(row: QueueRow): IDataObject {
	// In these lists of choices, `text2` is the extension number.
	const agents = (row.static_agent_list ?? []) as Array<{ text2?: string }>;
	return {
		id: String(row.id),
		number: row.number ?? '',
		name: row.name ?? '',
		agents: agents.map(({ text2 }) => text2 ?? '').filter(Boolean),
	};
}
