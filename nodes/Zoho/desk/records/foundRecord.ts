import type { IDataObject } from 'n8n-workflow';
import { insteadOf } from '../../../transport/ServiceError';
import type { DeskModule } from '../../transport/deskPaths';
import type { ZohoDeskAnswer } from '../../transport/zohoDesk';
import { recordNotFound } from '../refusal';

/**
 * The record in the answer to a request that names its id.
 *
 * @throws ServiceError of kind `notFound` that names record and module, where Desk only knows no such address
 */
export async function foundRecord(
	module: DeskModule | 'threads',
	id: string,
	ask: () => Promise<ZohoDeskAnswer>,
): Promise<IDataObject> {
	const answer = await ask().catch(insteadOf(['notFound'], null));
	if (!answer?.body) throw recordNotFound(module, id.trim());
	return answer.body;
}
