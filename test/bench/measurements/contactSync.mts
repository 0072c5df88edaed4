import type { Measured, Measurement, Tell } from '../Measurement.mts';
import { benchSync, type SyncRun } from './syncRun.mts';

/** What a run may need on n8n's heap, MB. */
const MOST_GROWTH = 200;

export const contactSync: Measurement = {
	name: 'contactSync',
	title: 'Template sync-crm-contacts: customers of Zoho CRM into a phonebook of the PBX, and again',
	run,
};

async function run(tell: Tell): Promise<Measured> {
	const runs: SyncRun[] = [];
	for (const contacts of [1_000, 10_000, 50_000]) {
		runs.push(...(await benchSync({ readBy: 'bulkRead', garbage: 'collected', contacts }, tell)));
	}
	const growth = Math.max(
		...runs.map(({ heap }) => (heap.peak === null ? 0 : heap.peak - heap.before)),
	);
	return {
		header: [
			'contacts',
			'run',
			'created',
			'unchanged',
			'seconds',
			'CRM requests',
			'CRM credits',
			'PBX requests',
		],
		rows: runs.map((run) => [
			run.contacts,
			run.run,
			run.created,
			run.unchanged,
			run.seconds,
			run.crmRequests,
			run.crmCredits,
			run.pbxRequests,
		]),
		targets: [
			{
				what: 'memory that a synchronization of 50,000 contacts needs on the heap',
				wanted: `< ${MOST_GROWTH} MB`,
				measured: `${growth} MB`,
				isMet: growth < MOST_GROWTH,
			},
		],
	};
}
