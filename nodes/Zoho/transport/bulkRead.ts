import type { IDataObject } from 'n8n-workflow';
import type { Clock } from '../../transport/Clock';
import { csvReader } from '../../transport/csv';
import { ServiceError, type ServiceErrorFacts } from '../../transport/ServiceError';
import { firstFileInZip } from '../../transport/zip';
import { successOf, ZOHO_CRM } from './errors';
import { modulePath } from './paths';
import type { ZohoCrmClient } from './zohoCrm';

export interface BulkRead {
	/** API name. */
	module: string;
	/** API names; lookups with a dot, such as `Account_Name.Account_Name`. The id comes in any case. */
	fields: readonly string[];
	/** How long to wait for each job, milliseconds. */
	maxWaitMs: number;
}

/** What Zoho tells about a job (zoho-crm.md, 4.8). */
interface BulkJob {
	state?: string;
	result?: { count?: number; more_records?: boolean; error_message?: string };
}

/** Zoho asks for 10 to 30 seconds; small jobs are through at once. */
const LOOK_AFTER_MS: readonly number[] = [0, 3_000, 7_000];
const LOOK_AGAIN_MS = 10_000;
/** Zoho takes ten downloads a minute. */
const DOWNLOAD_AGAIN_MS = 30_000;
const DOWNLOAD_TIMEOUT_MS = 300_000;

/**
 * All records of a module by Zoho's bulk read: 50 credits per 200,000 records, and one each time it is looked whether they
 * are there.
 *
 * @param onRow gets the values of one record after the other as texts, empty for nothing, by the names of the fields; false
 *   if no further file is wanted
 * @returns how many files it took, and whether they hold all
 * @throws ServiceError when Zoho refuses, fails or takes too long; some rows may have been given by then
 */
export async function bulkRead(
	client: ZohoCrmClient,
	clock: Clock,
	asked: BulkRead,
	onRow: (row: Record<string, string>) => boolean,
): Promise<{ files: number; isAll: boolean }> {
	let isEnough = false;
	const onEachRow = (row: Record<string, string>) => {
		isEnough = !onRow(row);
	};
	for (let page = 1; ; page++) {
		const id = await startJob(client, asked, page);
		const deadline = clock.now() + asked.maxWaitMs;
		const { result = {} } = await finishedJob(client, clock, id, asked, deadline);
		const archive = await download(client, clock, id, deadline);
		const count = await readRows(archive, onEachRow).catch((error: unknown) => {
			throw unreadableFile(asked, (error as Error).message);
		});
		if (result.count !== undefined && count !== result.count) {
			throw unreadableFile(asked, `it holds ${count} of ${result.count} records`);
		}
		const isAll = result.more_records !== true;
		if (isAll || isEnough) return { files: page, isAll };
	}
}

async function startJob(
	client: ZohoCrmClient,
	{ module, fields }: BulkRead,
	page: number,
): Promise<string> {
	modulePath(module);
	const { body } = await client.write({
		method: 'POST',
		path: '/bulk/read',
		body: { query: { module: { api_name: module }, fields, page }, file_type: 'csv' },
	});
	return successOf((body?.data as IDataObject[] | undefined)?.[0]).id;
}

async function finishedJob(
	client: ZohoCrmClient,
	clock: Clock,
	id: string,
	asked: BulkRead,
	deadline: number,
): Promise<BulkJob> {
	for (let looks = 0; ; looks++) {
		await clock.sleep(LOOK_AFTER_MS[looks] ?? LOOK_AGAIN_MS);
		const { body } = await client.read({ method: 'GET', path: `/bulk/read/${id}` });
		const [job = {}] = (body?.data ?? []) as BulkJob[];
		if (job.state === 'COMPLETED') return job;
		if (job.state === 'FAILURE') throw failed(asked, job.result?.error_message);
		if (clock.now() >= deadline) throw tookTooLong(asked);
	}
}

async function download(
	client: ZohoCrmClient,
	clock: Clock,
	id: string,
	deadline: number,
): Promise<Buffer> {
	for (;;) {
		const answer = await client
			.read({
				method: 'GET',
				path: `/bulk/read/${id}/result`,
				answerAs: 'bytes',
				timeoutMs: DOWNLOAD_TIMEOUT_MS,
			})
			.catch((error: unknown) => {
				const isTooOften = error instanceof ServiceError && error.kind === 'limit';
				if (isTooOften && clock.now() < deadline) return null;
				throw error;
			});
		if (answer) return answer.bytes ?? Buffer.alloc(0);
		await clock.sleep(DOWNLOAD_AGAIN_MS);
	}
}

/** Row by row, so that the file never lies in memory as a whole. @returns how many records there were */
async function readRows(
	archive: Buffer,
	onRow: (row: Record<string, string>) => void,
): Promise<number> {
	let names: string[] | null = null;
	let count = 0;
	const reader = csvReader((cells) => {
		if (names === null) {
			// Zoho's older files say Id.
			names = cells.map((name) => (/^id$/i.test(name) ? 'id' : name));
			return;
		}
		count++;
		onRow(Object.fromEntries(names.map((name, column) => [name, cells[column] ?? ''])));
	});
	const decoder = new TextDecoder();
	for await (const chunk of firstFileInZip(archive)) {
		reader.write(decoder.decode(chunk, { stream: true }));
	}
	reader.write(decoder.decode());
	reader.end();
	return count;
}

function failed({ module }: BulkRead, reason: string | undefined): ServiceError {
	return bulkError({
		kind: 'refused',
		message: `The bulk read of ${module} failed in Zoho CRM${reason ? `: "${reason.slice(0, 200)}"` : ''}`,
		advice: 'Run the node again, or set Read By to Pages.',
	});
}

function tookTooLong({ module, maxWaitMs }: BulkRead): ServiceError {
	return bulkError({
		kind: 'unavailable',
		message: `Zoho CRM has not finished the bulk read of ${module} within ${Math.round(maxWaitMs / 60_000)} minutes`,
		advice: 'Set the option Longest Wait to more minutes, or Read By to Pages.',
	});
}

function unreadableFile({ module }: BulkRead, reason: string): ServiceError {
	return bulkError({
		kind: 'invalidAnswer',
		message: `The file of the bulk read of ${module} cannot be read: ${reason}`,
		advice: 'Run the node again, or set Read By to Pages.',
	});
}

function bulkError(facts: Omit<ServiceErrorFacts, 'service'>): ServiceError {
	return new ServiceError({ service: ZOHO_CRM, ...facts });
}
