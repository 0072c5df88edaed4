import type { ApiAnswer, ApiRequest } from '../apiMessage.mts';
import { refuse } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import { moduleNamed, zohoTime } from '../crm.mts';
import { showUser } from '../records/recordView.mts';
import { queryOf, type BulkQuery } from './bulkQuery.mts';
import { columnsOf, csvFile } from './csvFile.mts';
import { zipFile } from './zipFile.mts';

/** What a test may change at any time. */
export interface BulkSettings {
	/** Zoho says 200,000. */
	recordsPerJob: number;
	/** How long a job waits, and how long it then works, on the simulator's clock; 0 by default. */
	queuedMs: number;
	runningMs: number;
	/** With this text the jobs that are started from now on fail, once they have worked. */
	failsWith: string | null;
	/** The organisation has no bulk read: HTTP status and code of the refusal. Which one Zoho sends is unconfirmed. */
	refusedWith: { status: number; code: string } | null;
}

interface BulkJob {
	id: string;
	userId: string;
	query: BulkQuery;
	createdAt: number;
	failsWith: string | null;
	/** From when the job is through; what is in the file is known then. */
	result: { csv: string; count: number; moreRecords: boolean } | null;
}

const DOWNLOADS_PER_MINUTE = 10;
const MINUTE_MS = 60_000;
const FIRST_SERIAL = 1_400_001;

export type BulkJobs = ReturnType<typeof createBulkJobs>;

/** The jobs of an organisation (zoho-crm.md, 4.8). */
export function createBulkJobs() {
	const jobs = new Map<string, BulkJob>();
	const settings: BulkSettings = {
		recordsPerJob: 200_000,
		queuedMs: 0,
		runningMs: 0,
		failsWith: null,
		refusedWith: null,
	};
	let serial = FIRST_SERIAL;
	let downloads: number[] = [];

	return {
		settings,
		/** All jobs and their files vanish, as they do after a day. */
		forget() {
			jobs.clear();
		},
		reset() {
			jobs.clear();
			downloads = [];
		},

		start(crm: Crm, request: ApiRequest): ApiAnswer {
			const { refusedWith } = settings;
			if (refusedWith) refuse(refusedWith.status, refusedWith.code, 'Bulk read is not available');
			const query = queryOf(crm, request.body);
			const id = `${crm.idPrefix}${String(serial++).padStart(12, '0')}`;
			const { userId } = request.token;
			const { failsWith } = settings;
			jobs.set(id, { id, userId, query, createdAt: crm.now(), failsWith, result: null });
			const details = {
				id,
				operation: 'read',
				state: 'ADDED',
				created_by: creator(crm, userId),
				created_time: zohoTime(crm, crm.now()),
			};
			const message = 'Added successfully.';
			const entry = { status: 'success', code: 'ADDED_SUCCESSFULLY', message, details };
			return { status: 201, body: { data: [entry], info: {} } };
		},

		show(crm: Crm, id: string): ApiAnswer {
			const job = jobNamed(id);
			const state = stateOf(crm, job);
			const shown = {
				id,
				operation: 'read',
				state,
				query: job.query.asked,
				created_by: creator(crm, job.userId),
				created_time: zohoTime(crm, job.createdAt),
				...(state === 'COMPLETED' && { result: resultOf(crm, job) }),
				...(state === 'FAILURE' && { result: { error_message: job.failsWith } }),
				file_type: 'csv',
			};
			return { status: 200, body: { data: [shown] } };
		},

		download(crm: Crm, id: string): ApiAnswer {
			const job = jobNamed(id);
			downloads = downloads.filter((at) => at > crm.now() - MINUTE_MS);
			if (downloads.length >= DOWNLOADS_PER_MINUTE) {
				refuse(429, 'TOO_MANY_REQUESTS', 'too many downloads in a minute');
			}
			if (stateOf(crm, job) !== 'COMPLETED') return notFound(id, 400);
			downloads.push(crm.now());
			const { csv } = readRecords(crm, job);
			return { status: 200, file: zipFile(`${id}.csv`, Buffer.from(csv, 'utf8')) };
		},
	};

	function jobNamed(id: string): BulkJob {
		return jobs.get(id) ?? notFound(id, 404);
	}

	function stateOf(crm: Crm, { createdAt, failsWith }: BulkJob): string {
		const age = crm.now() - createdAt;
		const { queuedMs, runningMs } = settings;
		if (age < queuedMs / 2) return 'ADDED';
		if (age < queuedMs) return 'QUEUED';
		if (age < queuedMs + runningMs) return 'IN PROGRESS';
		return failsWith === null ? 'COMPLETED' : 'FAILURE';
	}

	function resultOf(crm: Crm, job: BulkJob) {
		const { count, moreRecords } = readRecords(crm, job);
		return {
			page: job.query.page,
			per_page: settings.recordsPerJob,
			count,
			download_url: `/crm/bulk/v8/read/${job.id}/result`,
			more_records: moreRecords,
			next_page_token: null,
		};
	}

	/** The file shows the records as they were when the job was through; converted leads, too, since nothing says otherwise. */
	function readRecords(crm: Crm, job: BulkJob) {
		if (job.result) return job.result;
		const { moduleName, names, page } = job.query;
		const module = moduleNamed(crm, moduleName);
		const records = crm.store.all(moduleName);
		const start = (page - 1) * settings.recordsPerJob;
		const shown = records.slice(start, start + settings.recordsPerJob);
		job.result = {
			csv: csvFile(names, columnsOf(crm, module, names), shown),
			count: shown.length,
			moreRecords: records.length > start + shown.length,
		};
		return job.result;
	}

	function creator(crm: Crm, userId: string) {
		const user = showUser(crm, { id: userId });
		return { id: userId, name: user?.name ?? '' };
	}
}

function notFound(id: string, status: 400 | 404): never {
	return refuse(status, 'RESOURCE_NOT_FOUND', 'The requested resource does not exist', {
		resource: id,
	});
}
