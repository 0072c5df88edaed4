export type Fields = Record<string, unknown>;

export interface StoredRecord {
	id: string;
	module: string;
	fields: Fields;
	/** What the search index has seen or will see, in order of time. */
	indexed: { from: number; fields: Fields }[];
}

export interface DeletedRecord {
	id: string;
	module: string;
	fields: Fields;
	deletedBy: string;
	deletedAt: number;
}

export type RecordStore = ReturnType<typeof createRecordStore>;

/** Ids have 18 digits: more than a JavaScript number can hold exactly. */
const FIRST_SERIAL = 1_300_001;

/** @param idPrefix six digits, the same for everything in one organisation */
export function createRecordStore(idPrefix: string) {
	let records = new Map<string, StoredRecord>();
	let deleted: DeletedRecord[] = [];
	let serial = FIRST_SERIAL;
	let revision = 0;
	let indexedUntil = 0;
	const changed = (indexedFrom = 0) => {
		revision++;
		indexedUntil = Math.max(indexedUntil, indexedFrom);
	};

	const nextId = () => `${idPrefix}${String(serial++).padStart(12, '0')}`;

	return {
		insert(module: string, fields: Fields, indexedFrom: number): StoredRecord {
			const id = nextId();
			const stored = { ...fields, id };
			const record = {
				id,
				module,
				fields: stored,
				indexed: [{ from: indexedFrom, fields: stored }],
			};
			records.set(id, record);
			changed(indexedFrom);
			return record;
		},
		update(record: StoredRecord, fields: Fields, indexedFrom: number) {
			record.fields = { ...record.fields, ...fields };
			record.indexed.push({ from: indexedFrom, fields: record.fields });
			changed(indexedFrom);
		},
		remove(record: StoredRecord, deletedBy: string, deletedAt: number) {
			records.delete(record.id);
			changed();
			deleted.push({
				id: record.id,
				module: record.module,
				fields: record.fields,
				deletedBy,
				deletedAt,
			});
		},
		get(module: string, id: string): StoredRecord | undefined {
			const record = records.get(id);
			return record?.module === module ? record : undefined;
		},
		/** In order of insertion, which is the order of ids. */
		all: (module: string) => [...records.values()].filter((record) => record.module === module),
		/** What `/search` sees at that time. */
		indexedAt(module: string, time: number): StoredRecord[] {
			return [...records.values()].flatMap((record) => {
				if (record.module !== module) return [];
				const seen = record.indexed.findLast((version) => version.from <= time);
				return seen ? [{ ...record, fields: seen.fields }] : [];
			});
		},
		deletedOf: (module: string) => deleted.filter((each) => each.module === module),
		indexEverything() {
			changed();
			for (const record of records.values()) record.indexed = [{ from: 0, fields: record.fields }];
		},
		/** Equal texts mean equal content, and an equal index. */
		stateAt: (time: number) => `${revision} ${Math.min(time, indexedUntil)}`,
		/** The whole content, for a rollback. */
		snapshot: () => structuredClone({ records, deleted }),
		restore(snapshot: { records: Map<string, StoredRecord>; deleted: DeletedRecord[] }) {
			changed();
			({ records, deleted } = snapshot);
		},
		clear() {
			changed();
			records = new Map();
			deleted = [];
			serial = FIRST_SERIAL;
		},
	};
}
