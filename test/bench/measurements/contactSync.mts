import type { Measured, Measurement, Target, Tell } from '../Measurement.mts';
import { importRival } from '../rival/rivalWorkflow.mts';
import { figure } from '../statistics.mts';
import { startSyncCompany, type SyncCompany, type SyncRun } from './syncRun.mts';

const SIZES = [1_000, 10_000, 50_000];
/** It writes one contact after the other: a thousand would take some minutes, and tell nothing more. */
const CONTACTS_OF_RIVAL = 200;
const LARGEST = Math.max(...SIZES);
/** What a run of the largest company may need, MB. */
const MOST_GROWTH = 200;
/** For both runs of the largest company together. */
const MOST_SECONDS = 150;

export const contactSync: Measurement = {
	name: 'contactSync',
	title:
		'Template sync-crm-contacts: customers of Zoho CRM into a phonebook of the PBX, and again; a small company also with a workflow of n8n’s own nodes (rival/sync-contacts.json)',
	run,
};

interface NamedRun extends SyncRun {
	name: 'first load' | 'run again' | 'n8n’s own nodes, first load' | 'n8n’s own nodes, run again';
	/** On the PBX afterwards. */
	contactsOnPbx: number;
}

async function run(tell: Tell): Promise<Measured> {
	const runs: NamedRun[] = [];
	for (const contacts of SIZES) runs.push(...(await runsOfTemplate(contacts, tell)));
	runs.push(...(await runsOfRival(CONTACTS_OF_RIVAL, tell)));
	return {
		header: [
			'contacts',
			'run',
			'on the PBX then',
			'seconds',
			'of it PBX',
			'of it CRM',
			'CRM requests',
			'CRM credits',
			'PBX requests',
			'PBX writes',
			'process, + MB',
			'heap needed, + MB',
			'heap reserved, + MB',
			'outside heap, + MB',
		],
		rows: runs.map((each) => [
			each.contacts,
			each.name,
			each.contactsOnPbx,
			figure(each.seconds),
			figure(each.secondsOfPbx),
			figure(each.secondsOfCrm),
			each.crmRequests,
			each.crmCredits,
			each.pbxRequests,
			each.pbxWrites,
			each.growth.process ?? '–',
			each.growth.heap,
			each.growth.heapReserved,
			each.growth.outsideHeap,
		]),
		targets: targetsOf(runs),
		notes: [
			'"Of it PBX" and "of it CRM" are the times during which a request to the simulator was open, its own work included; what is left is n8n and the nodes, and waiting for a bulk read. The template writes to the PBX three requests at a time, as a real one should be left free for its phones.',
			'The columns of memory are the most beyond what n8n had before the run. The process includes everything; "heap needed" is what was left on the heap of the main thread after a garbage collection every three seconds (which the runs have to wait for, and which is part of their seconds); "heap reserved" is what V8 kept for that heap meanwhile; "outside" are buffers.',
			'The rival reads the CRM in pages, 200 contacts each, and writes one contact after the other in batches of ten (a loop with HTTP Request nodes). It keeps no account of what it has written, so it compares nothing, updates nothing and deletes nothing: its second run finds out by one list of the PBX whom to leave out, by number.',
		],
	};
}

async function runsOfTemplate(contacts: number, tell: Tell): Promise<NamedRun[]> {
	const company = await startSyncCompany(contacts, tell);
	const { client, credentials } = company.stack;
	try {
		const setup = await client.importTemplate('setup');
		await client.runManually(setup.id);
		const { id } = await client.importTemplate('sync-crm-contacts', {
			credentials,
			parameters: {
				'Get All Customers': { readBy: 'bulkRead' },
				'Save All in Phonebook': { options: { defaultCountry: 'CN' } },
			},
		});
		return await twoRuns(company, id, ['first load', 'run again'], tell);
	} finally {
		await company.stack.stop();
	}
}

async function runsOfRival(contacts: number, tell: Tell): Promise<NamedRun[]> {
	const company = await startSyncCompany(contacts, tell);
	try {
		const { id } = await importRival(company.stack, 'sync-contacts');
		const names: Array<NamedRun['name']> = [
			'n8n’s own nodes, first load',
			'n8n’s own nodes, run again',
		];
		return await twoRuns(company, id, names, tell);
	} finally {
		await company.stack.stop();
	}
}

async function twoRuns(
	{ stack, contacts, run: runOnce }: SyncCompany,
	workflowId: string,
	names: Array<NamedRun['name']>,
	tell: Tell,
): Promise<NamedRun[]> {
	const runs: NamedRun[] = [];
	for (const name of names) {
		tell(`${contacts} contacts: ${name}`);
		const result = await runOnce(workflowId);
		runs.push({ ...result, name, contactsOnPbx: stack.pbx.contacts.length });
	}
	return runs;
}

function targetsOf(runs: NamedRun[]): Target[] {
	const ofLargest = runs.filter(({ contacts }) => contacts === LARGEST);
	const most = (growthOf: (run: NamedRun) => number | null) =>
		Math.max(...ofLargest.map((each) => growthOf(each) ?? NaN));
	const heap = most(({ growth }) => growth.heap);
	const process = most(({ growth }) => growth.process);
	const seconds = ofLargest.reduce((sum, each) => sum + each.seconds, 0);
	const writesAgain = runs
		.filter(({ name }) => name === 'run again')
		.reduce((sum, { pbxWrites }) => sum + pbxWrites, 0);
	const megabytes = (what: string, value: number): Target => ({
		what,
		wanted: `< ${MOST_GROWTH} MB`,
		measured: `${value} MB`,
		isMet: value < MOST_GROWTH,
	});
	return [
		megabytes(`memory on the heap that ${LARGEST} contacts need`, heap),
		megabytes(`growth of n8n’s process with ${LARGEST} contacts`, process),
		{
			what: 'writes to the PBX by a second run',
			wanted: '0',
			measured: String(writesAgain),
			isMet: writesAgain === 0,
		},
		{
			what: `both runs with ${LARGEST} contacts`,
			wanted: `≤ ${MOST_SECONDS} s`,
			measured: `${figure(seconds)} s`,
			isMet: seconds <= MOST_SECONDS,
		},
	];
}
