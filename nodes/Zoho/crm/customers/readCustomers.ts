import type { IDataObject } from 'n8n-workflow';
import type { Customer } from '../../../customer/Customer';
import type { Clock } from '../../../transport/Clock';
import { ServiceError, type ServiceErrorKind } from '../../../transport/ServiceError';
import { bulkRead } from '../../transport/bulkRead';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { fieldsOf, type CrmField } from '../metadata/fields';
import { refusal } from '../refusal';
import { customerFields } from './customerFields';
import { hasCustomers } from './customerModules';
import { customerOfRecord } from './customerOfRecord';
import { readPages } from './pages';
import { MOST_READINGS, readUntilSteady, type Reading } from './steadyReading';

export type ReadBy = 'automatic' | 'bulkRead' | 'pages';

export interface WantedCustomers {
	/** API names, in the order in which the customers come out. */
	modules: readonly string[];
	readBy: ReadBy;
	/** The most to return; infinite for all. */
	limit: number;
	/** How long to wait for a bulk read, milliseconds. */
	maxWaitMs: number;
	/** Leaves out customers without any number. */
	onlyWithNumber: boolean;
}

export interface ReadCustomers {
	customers: Customer[];
	/** For each module that was read: how, and why not in the other way, or what is doubtful; empty for nothing. */
	ways: Array<{ module: string; way: 'bulk read' | 'pages'; because: string }>;
}

/** So many come as cheaply in pages, and sooner. */
const FEW = 2_000;

const NEVER_STEADY = `records were deleted or converted during each of ${MOST_READINGS} readings, so that somebody may be missing; run the node again`;

/** What another way of reading can help against; a lost connection or a refused log-in it cannot. */
const WORTH_TRYING_PAGES: ReadonlySet<ServiceErrorKind> = new Set([
	'permission',
	'limit',
	'unavailable',
	'refused',
	'notFound',
	'invalidAnswer',
]);

/**
 * The customers of whole modules, each once, without leads that were converted. Only the customers lie in memory, no records.
 *
 * @throws ServiceError when a module has no customers, and what Zoho refuses
 */
export async function readCustomers(
	client: ZohoCrmClient,
	clock: Clock,
	wanted: WantedCustomers,
): Promise<ReadCustomers> {
	const read = new Map<string, { customers: Customer[]; way: ReadCustomers['ways'][number] }>();
	let left = wanted.limit;
	for (const module of readingOrder(wanted)) {
		if (left <= 0) break;
		const fields = await fieldsOf(client, module);
		if (!hasCustomers(module, fields)) throw noCustomers(module);
		const collected = collector(module, fields, wanted.onlyWithNumber, left);
		const way = await readModule(client, clock, module, fields, wanted, collected);
		const customers = [...collected.all()];
		left -= customers.length;
		read.set(module, { customers, way: { module, ...way } });
	}
	const inOrder = wanted.modules.flatMap((module) => read.get(module) ?? []);
	return {
		customers: inOrder.flatMap(({ customers }) => customers),
		ways: inOrder.map(({ way }) => way),
	};
}

/**
 * Leads first: one that is converted while modules are read is found twice then, as a lead and as a contact, until the next
 * run. In the other order it would be found nowhere. A limit fills up in the order that is wanted.
 */
function readingOrder({ modules, limit }: WantedCustomers): readonly string[] {
	if (Number.isFinite(limit)) return modules;
	return [...modules].sort((one, other) => Number(other === 'Leads') - Number(one === 'Leads'));
}

async function readModule(
	client: ZohoCrmClient,
	clock: Clock,
	module: string,
	fields: readonly CrmField[],
	{ readBy, limit, maxWaitMs }: WantedCustomers,
	collected: Collector,
): Promise<{ way: 'bulk read' | 'pages'; because: string }> {
	const names = customerFields(fields);
	const readAll = async (read: () => Promise<Reading>) =>
		(await readUntilSteady(client, clock, module, read, collected.drop)) ? '' : NEVER_STEADY;
	const inPages = async (because: string) => {
		const asked = { module, fields: names, onRecord: collected.take };
		const doubt = await readAll(async () => await readPages(client, asked));
		return { way: 'pages' as const, because: [because, doubt].filter(Boolean).join('; ') };
	};
	if (readBy === 'pages') return await inPages('');
	if (readBy === 'automatic' && limit <= FEW) return await inPages('');
	const asked = { module, fields: names.map((name) => inFile(name, fields)), maxWaitMs };
	const onRow = (row: Record<string, string>) => collected.take(fromFile(row));
	const inFiles = async () => {
		const { files, isAll } = await bulkRead(client, clock, asked, onRow);
		return files === 1 || !isAll ? 'whole' : 'in parts';
	};
	const outcome = await readAll(inFiles).catch((error: unknown) => {
		const isWorthTrying = error instanceof ServiceError && WORTH_TRYING_PAGES.has(error.kind);
		if (readBy === 'automatic' && isWorthTrying) return error;
		throw error;
	});
	if (typeof outcome === 'string') return { way: 'bulk read', because: outcome };
	collected.clear();
	return await inPages(outcome.message);
}

interface Collector {
	/** @returns false if there are enough */
	take(record: IDataObject): boolean;
	drop(id: string): void;
	clear(): void;
	all(): Iterable<Customer>;
}

/** By id, so that no record comes out twice, whatever shifts while it is read. */
function collector(
	module: string,
	fields: readonly CrmField[],
	onlyWithNumber: boolean,
	limit: number,
): Collector {
	const found = new Map<string, Customer>();
	return {
		take(record) {
			const customer = customerOfRecord(module, record, fields);
			const isWanted =
				customer !== null &&
				!customer.deleted &&
				(!onlyWithNumber || customer.numbers.length > 0) &&
				(found.size < limit || found.has(customer.source.id));
			if (isWanted) found.set(customer.source.id, customer);
			return found.size < limit;
		},
		drop: (id) => void found.delete(id),
		clear: () => found.clear(),
		all: () => found.values(),
	};
}

/** In the file of a bulk read a lookup is an id only; its name has a name of its own (zoho-crm.md, 4.8). */
const ACCOUNT = 'Account_Name';
const NAME_OF_ACCOUNT = 'Account_Name.Account_Name';

function inFile(name: string, fields: readonly CrmField[]): string {
	const isLookup = fields.some(
		({ api_name, data_type }) => api_name === name && data_type === 'lookup',
	);
	return name === ACCOUNT && isLookup ? NAME_OF_ACCOUNT : name;
}

/** A line of the file as a record. */
function fromFile({ [NAME_OF_ACCOUNT]: accountName, ...row }: Record<string, string>): IDataObject {
	return accountName ? { ...row, [ACCOUNT]: { name: accountName } } : row;
}

/** Why a module gives no customers. */
export function noCustomers(module: string): ServiceError {
	return refusal(
		`The records of ${module} are no customers: they have no telephone number, or belong to customers elsewhere`,
		'Choose Contacts, Leads, Accounts, or a module of your own with a field of the type Phone that the connected user may see.',
	);
}
