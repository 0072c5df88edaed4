import type { IDataObject } from 'n8n-workflow';
import { insteadOf } from '../../../transport/ServiceError';
import { deskId, deskRecordPath } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { foundRecord } from '../records/foundRecord';
import { recordNotFound } from '../refusal';

/** The threads of a ticket as lists have them, the newest first and without their full text. Three credits per 50. */
export async function listThreads(
	client: ZohoDeskClient,
	ticketId: string,
	limit: number,
): Promise<IDataObject[]> {
	const path = threadsPath(ticketId);
	const threads = await client.list({ path, limit }).catch(insteadOf(['notFound'], null));
	if (threads === null) throw recordNotFound('tickets', ticketId);
	return threads;
}

/** One thread with its full text as `content` and `plainText`. One credit. */
export async function readThread(
	client: ZohoDeskClient,
	ticketId: string,
	threadId: string,
): Promise<IDataObject> {
	const path = `${threadsPath(ticketId)}/${deskId(threadId)}`;
	return await foundRecord(
		'threads',
		threadId,
		async () => await client.read({ method: 'GET', path, query: { include: 'plainText' } }),
	);
}

function threadsPath(ticketId: string): string {
	return `${deskRecordPath('tickets', ticketId)}/threads`;
}
