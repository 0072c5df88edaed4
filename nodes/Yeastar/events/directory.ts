import type {
	DirectoryEntry,
	DirectoryExtension,
	NumberDirectory,
} from '../../call/NumberDirectory';
import { insteadOf } from '../../transport/ServiceError';
import type { YeastarPbx } from '../transport/yeastarPbx';

interface NumberedRow {
	number?: unknown;
	name?: unknown;
	caller_id_name?: unknown;
	email_addr?: unknown;
}

/** Kinds of errors that say: this PBX, or this API application, does not have it. */
const NOT_TO_BE_HAD = ['refused', 'permission', 'notFound'] as const;

/**
 * Reads who and what answers at the PBX's internal numbers. It makes a call richer (names, e-mail addresses, queues); a
 * firmware or an API permission without it is no obstacle, for the legs of a call tell its extensions, too.
 */
export async function readDirectory(pbx: YeastarPbx): Promise<NumberDirectory> {
	const extensions = await pbx
		.list<NumberedRow>('extension/list', { sort_by: 'number', order_by: 'asc' })
		.catch(insteadOf<NumberedRow[]>(NOT_TO_BE_HAD, []));
	return {
		extensions: new Map(
			extensions.map((row): [string, DirectoryExtension] => [
				String(row.number ?? ''),
				{ name: textOrNull(row.caller_id_name), email: textOrNull(row.email_addr) },
			]),
		),
		// Lists of queues have their rows under another name than all other lists (yeastar.md, 2).
		queues: await readOptional(pbx, 'queue/list', 'queue_list'),
		ringGroups: await readOptional(pbx, 'ringgroup/list'),
		ivrs: await readOptional(pbx, 'ivr/list'),
	};
}

async function readOptional(
	pbx: YeastarPbx,
	endpoint: string,
	rowsAt?: string,
): Promise<Map<string, DirectoryEntry>> {
	const rows = await pbx
		.list<NumberedRow>(endpoint, {}, { rowsAt })
		.catch(insteadOf<NumberedRow[]>(NOT_TO_BE_HAD, []));
	return new Map(rows.map((row) => [String(row.number ?? ''), { name: textOrNull(row.name) }]));
}

function textOrNull(value: unknown): string | null {
	const text = String(value ?? '').trim();
	return text === '' ? null : text;
}
