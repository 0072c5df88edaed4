import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { toNodeError } from '../../actions/toNodeError';
import { readQueues } from '../actions/queue/queueRow';
import { yeastarPbx, type YeastarPbx } from '../transport/yeastarPbx';

/** What the drop-downs need of a row; other fields differ per list. */
interface NamedRow {
	id: number | string;
	name?: string;
	number?: string;
	caller_id_name?: string;
	contact_name?: string;
	company?: string;
}

/** People look for one entry by typing; nobody scrolls further than this. */
const LONGEST_DROP_DOWN = 500;

/** Extensions by name; the value is the extension number. */
export async function searchExtensions(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await dropDown(this, filter, async (pbx) =>
		(await pbx.list<NamedRow>('extension/list', { sort_by: 'number', order_by: 'asc' })).map(
			({ number = '', caller_id_name: name }) => ({
				name: name ? `${name} (${number})` : number,
				value: number,
			}),
		),
	);
}

/** Queues by name; the value is the ID. */
export async function searchQueues(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await dropDown(this, filter, async (pbx) =>
		(await readQueues(pbx)).map(({ id, name, number = '' }) => ({
			name: name ? `${name} (${number})` : number,
			value: String(id),
		})),
	);
}

/** Phonebooks by name; the value is the ID. */
export async function searchPhonebooks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await dropDown(this, filter, async (pbx) =>
		(await pbx.list<NamedRow>('phonebook/list')).map(({ id, name }) => ({
			name: name ?? String(id),
			value: String(id),
		})),
	);
}

/** Contacts by name; the PBX searches, for there may be hundreds of thousands. The value is the ID. */
export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await dropDown(this, undefined, async (pbx) =>
		(
			await pbx.list<NamedRow>(
				filter ? 'company_contact/search' : 'company_contact/list',
				{ search_value: filter || undefined },
				{ limit: LONGEST_DROP_DOWN },
			)
		).map(({ id, contact_name: name, company }) => ({
			name: [name, company].filter(Boolean).join(', ') || String(id),
			value: String(id),
		})),
	);
}

async function dropDown(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	read: (pbx: YeastarPbx) => Promise<INodeListSearchItems[]>,
): Promise<INodeListSearchResult> {
	try {
		const entries = await read(await yeastarPbx(context));
		const wanted = filter?.trim().toLowerCase() ?? '';
		return {
			results: entries
				.filter(({ name }) => name.toLowerCase().includes(wanted))
				.sort((one, other) => one.name.localeCompare(other.name))
				.slice(0, LONGEST_DROP_DOWN),
		};
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
