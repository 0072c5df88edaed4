import { DateTime } from 'luxon';
import { refuse } from './apiMessage.mts';
import type { BulkJobs } from './bulk/bulkJobs.mts';
import type { CrmEdition } from './editions.mts';
import type { ModuleDefinition } from './metadata/moduleCatalog.mts';
import type { Notifications } from './notifications/channel.mts';
import type { PageTokens } from './pageTokens.mts';
import type { RecordStore } from './records/recordStore.mts';
import type { User } from '../users.mts';

/** One organisation in one data centre. */
export interface Crm {
	/** Milliseconds since 1970. */
	now: () => number;
	/** Where all users live; the offset of every DateTime that is read. */
	timeZone: string;
	edition: CrmEdition;
	/** First digits of every id. */
	idPrefix: string;
	modules: ModuleDefinition[];
	store: RecordStore;
	pageTokens: PageTokens;
	bulk: BulkJobs;
	notifications: Notifications;
	users: User[];
	settings: CrmSettings;
}

export interface CrmSettings {
	/** Until a written record is found by `/search`. */
	indexLagMs: number;
	/**
	 * How `/search?phone=` compares. `tolerant`: the digits of the stored value contain the digits asked for. `literal`:
	 * the whole stored value, or one of its parts between separators, equals what is asked for.
	 */
	phoneSearch: 'tolerant' | 'literal';
	/** The most that one COQL query gives: 2,000, but some of Zoho's pages still say 200. */
	mostCoqlRecords: number;
}

export function moduleNamed(crm: Crm, apiName: string): ModuleDefinition {
	const found = crm.modules.find((module) => module.apiName === apiName);
	if (found) return found;
	return refuse(400, 'INVALID_MODULE', 'the module name given seems to be invalid', {
		resource_path_index: 0,
	});
}

/** ISO 8601 with offset and without milliseconds, the only form that Zoho writes. */
export function zohoTime(crm: Crm, milliseconds: number): string {
	return DateTime.fromMillis(milliseconds, { zone: crm.timeZone }).toFormat(
		"yyyy-MM-dd'T'HH:mm:ssZZ",
	);
}

/** An id of something that is not a record, stable over the simulator's life: modules, fields, layouts. */
export function metadataId(crm: Crm, name: string): string {
	let hash = 7;
	for (const character of name) hash = (hash * 31 + character.charCodeAt(0)) % 999_999_999_989;
	return `${crm.idPrefix}${String(hash).padStart(12, '0')}`;
}
