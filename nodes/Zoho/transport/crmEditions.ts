import type { IDataObject } from 'n8n-workflow';
import { FEWEST_PARALLEL_REQUESTS } from './parallelRequests';

/**
 * Requests at a time by edition, as `/org` names it (reference zoho-crm.md, 6.1). Ultimate takes 25; but of composite
 * requests and database queries each edition takes ten, which is what 20 places hold of them at most.
 */
const PARALLEL_REQUESTS = new Map([
	['standard', 10],
	['professional', 15],
	['enterprise', 20],
	['ultimate', 20],
]);

/**
 * How many requests at a time Zoho CRM takes from this app.
 *
 * @param answer the body of `GET /org`. Trials and editions that are not known count as free.
 */
export function parallelRequestsOf(answer: IDataObject | undefined): number {
	const [organization] = (answer?.org ?? []) as Array<{
		license_details?: { paid_type?: string };
	}>;
	const edition = organization?.license_details?.paid_type ?? '';
	return PARALLEL_REQUESTS.get(edition.toLowerCase()) ?? FEWEST_PARALLEL_REQUESTS;
}
