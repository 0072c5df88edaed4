import { NUMBER_TYPES } from '../../nodes/Yeastar/actions/contact/contactRow';
import { field } from '../simulators/zoho/crm/metadata/fieldDefinition.mts';
import { companyClock } from './stack/companyClock.mts';
import type { Execution } from './stack/executions.mts';
import { startStack, type Stack } from './stack/startStack.mts';
import { until } from './stack/until.mts';

const CONTACTS = 5_000;
const LEADS = 1_000;
const ACCOUNTS = 500;
const A_FEW_MINUTES = 600_000;
const BOOK = 'Zoho CRM';
/** Custom fields with telephone numbers, beside the seven that a contact has anyway. */
const MORE_LINES = ['Line_1', 'Line_2', 'Line_3', 'Line_4', 'Line_5'];
const COUNTRY = { options: { defaultCountry: 'CN' } };

const clock = companyClock({ endsWaits: true });
let stack: Stack;
let workflowId: string;
const contactIds: string[] = [];

/** Of the company with the most numbers: 138 0000 0000 and so on, in the manner of whoever typed them. */
const mobile = (serial: number) =>
	`138 ${String(serial)
		.padStart(8, '0')
		.replace(/^(....)/, '$1-')}`;
const writes = () =>
	stack.pbx.requests.filter(({ path }) =>
		/^(company_contact|phonebook)\/(create|update|delete)$/.test(path),
	).length;
const bookContacts = () => {
	const { contactIds: ids } = stack.pbx.phonebooks.find(({ name }) => name === BOOK)!;
	return stack.pbx.contacts.filter(({ id }) => ids.has(id));
};
const contactOf = (recordId: string) =>
	bookContacts().find(({ remark }) => remark.includes(` ${recordId} `));
const remarks = () => bookContacts().map(({ remark }) => remark);

interface SyncRow {
	summary: string;
	customers: number;
	created: number;
	updated: number;
	deleted: number;
	unchanged: number;
	notSynchronized: number;
	[column: string]: unknown;
}

const A_MINUTE_MS = 60_000;

/** Executes the template by hand. Zoho takes ten downloads of bulk reads a minute, so each run begins with a new one. */
async function runTemplate(): Promise<Execution> {
	await clock.advance(A_MINUTE_MS);
	return await stack.client.runManually(workflowId, { timeoutMs: A_FEW_MINUTES });
}

/** Executes the template and gives the row that it has written into the table of reports. */
async function wholeRun(): Promise<SyncRow> {
	const execution = await runTemplate();
	expect(execution).toMatchObject({ status: 'success', error: null });
	return (await stack.client.readRows<SyncRow>('callbridge_syncs')).at(-1)!;
}

const findings = async () =>
	await stack.client.readRows<{ recordId: string; finding: string; explanation: string }>(
		'callbridge_sync_findings',
	);

beforeAll(async () => {
	stack = await startStack({
		zoho: { now: clock.now },
		pbx: { now: clock.now, deletesMembers: true },
		n8n: clock.n8n,
	});
	const { zoho, client, credentials } = stack;
	zoho.notifications.settings.notifyUrls = 'loopback';
	const fieldsOf = (module: string) =>
		zoho.modules.find(({ apiName }) => apiName === module)!.fields;
	fieldsOf('Contacts').push(...MORE_LINES.map((line) => field('phone', line, { custom: true })));
	// Zoho's own limits would keep out what this PBX cannot hold.
	fieldsOf('Leads').find(({ apiName }) => apiName === 'Company')!.length = 400;
	for (let serial = 0; serial < CONTACTS; serial++) {
		contactIds.push(
			zoho.insert('Contacts', {
				First_Name: 'Amina',
				Last_Name: `Otieno ${serial}`,
				Mobile: mobile(serial),
			}),
		);
	}
	for (let serial = 0; serial < LEADS; serial++) {
		zoho.insert('Leads', {
			Last_Name: `Brunner ${serial}`,
			Company: 'Kilima Ltd',
			Phone: `+41 44 ${5_000_000 + serial}`,
		});
	}
	for (let serial = 0; serial < ACCOUNTS; serial++) {
		zoho.insert('Accounts', {
			Account_Name: `Werk ${serial}`,
			Phone: `+49 30 ${5_000_000 + serial}`,
		});
	}
	const setup = await client.importTemplate('setup');
	expect(await client.runManually(setup.id)).toMatchObject({ status: 'success' });
	const onFailure = await client.importTemplate('on-failure');
	await client.publish(onFailure.id);
	({ id: workflowId } = await client.importTemplate('sync-crm-contacts', {
		credentials,
		parameters: {
			'Save All in Phonebook': COUNTRY,
			'Save Change in Phonebook': COUNTRY,
			'When a Customer Changes': { options: { catchUpHours: 72, compareMinutes: 0.1 } },
		},
		settings: { errorWorkflow: onFailure.id },
	}));
}, A_FEW_MINUTES);
afterAll(async () => {
	await stack?.stop();
	clock.close();
});

describe('the whole address book', () => {
	it(
		'the first load is killed in the middle and run again: complete, and nobody twice',
		async () => {
			await stack.client.startManually(workflowId);
			await until(() => stack.pbx.contacts.length >= 1_000, {
				what: 'a part of the contacts to be there',
				timeoutMs: 120_000,
				everyMs: 5,
			});
			await stack.n8n.kill('SIGKILL');
			const there = stack.pbx.contacts.length;
			expect(there).toBeLessThan(CONTACTS);
			await stack.n8n.restart();
			await stack.client.logIn();
			const row = await wholeRun();
			const all = CONTACTS + LEADS + ACCOUNTS;
			expect(row).toMatchObject({ customers: all, deleted: 0, updated: 0, notSynchronized: 0 });
			expect(row.created).toBe(all - there);
			expect(bookContacts()).toHaveLength(all);
			expect(stack.pbx.contacts).toHaveLength(all);
			expect(new Set(remarks().map((remark) => remark.split(' [')[0])).size).toBe(all);
			expect(contactOf(contactIds[7])).toMatchObject({
				first_name: 'Amina',
				last_name: 'Otieno 7',
				number_list: [{ num_type: 'mobile_number', number: '+8613800000007' }],
			});
		},
		A_FEW_MINUTES,
	);

	it(
		'run again: no write at all',
		async () => {
			const before = writes();
			expect(await wholeRun()).toMatchObject({
				created: 0,
				updated: 0,
				deleted: 0,
				unchanged: CONTACTS + LEADS + ACCOUNTS,
			});
			expect(writes()).toBe(before);
		},
		A_FEW_MINUTES,
	);

	it(
		'ten changed, five deleted, five added: exactly 20 writes',
		async () => {
			const before = writes();
			const { notifications } = stack.zoho;
			contactIds
				.slice(100, 110)
				.forEach((id, index) =>
					notifications.update('Contacts', id, { Mobile: mobile(20_000 + index) }),
				);
			notifications.remove('Contacts', contactIds.slice(200, 205));
			for (let serial = 0; serial < 5; serial++) {
				notifications.create('Contacts', {
					Last_Name: `Added ${serial}`,
					Mobile: mobile(30_000 + serial),
				});
			}
			expect(await wholeRun()).toMatchObject({ created: 5, updated: 10, deleted: 5 });
			expect(writes() - before).toBe(20);
			expect(contactOf(contactIds[200])).toBeUndefined();
		},
		A_FEW_MINUTES,
	);

	it(
		'whatever the PBX cannot hold is named in the list of findings',
		async () => {
			const { notifications } = stack.zoho;
			const shared = notifications.create('Leads', {
				Last_Name: 'Zwilling',
				Company: 'Kilima Ltd',
				Mobile: mobile(1),
			});
			const refused = notifications.create('Contacts', {
				Last_Name: 'O"Neil <b>',
				Mobile: mobile(40_001),
			});
			const chinese = notifications.create('Contacts', {
				First_Name: '伟',
				Last_Name: '张',
				Mobile: mobile(40_002),
			});
			const mute = notifications.create('Contacts', { Last_Name: 'Without Number' });
			await wholeRun();
			const explained = Object.fromEntries(
				(await findings()).map(({ recordId, finding, explanation }) => [
					recordId,
					`${finding}: ${explanation}`,
				]),
			);
			expect(explained).toEqual({
				[shared]: expect.stringMatching(/^notSynchronized: .*number/) as string,
				[refused]: expect.stringMatching(/^leftOut: .*"<"/) as string,
				[mute]: expect.stringMatching(/^notSynchronized: .*number/) as string,
			});
			expect(contactOf(chinese)).toMatchObject({ first_name: '伟', last_name: '张' });
			expect(contactOf(refused)?.last_name ?? contactOf(refused)?.first_name).not.toMatch(/[<>"]/);
			const slots = NUMBER_TYPES.map(({ value }) => value as string);
			expect(
				bookContacts().filter(({ number_list: list }) =>
					list.some(({ num_type: slot }) => !slots.includes(slot)),
				),
			).toEqual([]);
		},
		A_FEW_MINUTES,
	);

	it(
		'a record with twelve numbers and a company of 300 characters: what is left out is named',
		async () => {
			const { notifications } = stack.zoho;
			const fields = [
				...['Phone', 'Mobile', 'Home_Phone', 'Other_Phone', 'Asst_Phone', 'Fax', 'Direct_Line'],
				...MORE_LINES,
			];
			const numbers = fields.map((name, index) => [name, mobile(60_000 + index)]);
			const reachable = notifications.create('Contacts', {
				Last_Name: 'Reachable',
				...(Object.fromEntries(numbers) as Record<string, string>),
			});
			const longwinded = notifications.create('Leads', {
				Last_Name: 'Longwinded',
				Company: 'Werk-'.repeat(60),
				Mobile: mobile(60_100),
			});
			await wholeRun();
			const explanationsOf = async (id: string) =>
				(await findings())
					.filter(({ recordId, finding }) => recordId === id && finding === 'leftOut')
					.map(({ explanation }) => explanation);
			expect(contactOf(reachable)?.number_list).toHaveLength(NUMBER_TYPES.length);
			expect(await explanationsOf(reachable)).toEqual(
				Array(3).fill(expect.stringMatching(/^numbers: no room in the nine slots: \+86138/)),
			);
			expect(contactOf(longwinded)?.company).toHaveLength(255);
			expect(await explanationsOf(longwinded)).toEqual([
				'company: removed: all after 255 characters',
			]);
		},
		A_FEW_MINUTES,
	);

	it(
		'the PBX is full: nothing is written, and the message says how many would fit',
		async () => {
			const { client } = stack;
			const NODE = 'Save All in Phonebook';
			const { nodes } = await client.getWorkflow(workflowId);
			const { parameters } = nodes.find(({ name }) => name === NODE)!;
			const change = async (options: object) =>
				await client.updateWorkflow(workflowId, {
					nodes: { [NODE]: { parameters: { ...parameters, options } } },
				});
			const held = stack.pbx.contacts.length;
			for (const serial of [70_000, 70_001, 70_002]) {
				stack.zoho.notifications.create('Contacts', {
					Last_Name: 'Late',
					Mobile: mobile(serial),
				});
			}
			await change({ ...COUNTRY.options, mostContacts: held + 1 });
			const before = writes();
			const { error } = await runTemplate();
			expect(error?.message).toMatch(
				/^The PBX holds [\d,]+ contacts and it keeps [\d,]+: of 3 new customers 1 would fit/,
			);
			expect(writes()).toBe(before);
			await change({ ...COUNTRY.options, mostContacts: 0 });
			expect(await wholeRun()).toMatchObject({ created: 3 });
		},
		A_FEW_MINUTES,
	);
});

describe('changes as they happen', () => {
	const isThere = (recordId: string, number: string) =>
		contactOf(recordId)?.number_list.some((each) => each.number === number) ?? false;

	beforeAll(async () => {
		await stack.client.publish(workflowId);
		await until(() => stack.zoho.notifications.channels().length === 1, {
			what: 'the notification channel',
		});
	});

	it('by notification', async () => {
		const before = writes();
		const start = performance.now();
		stack.zoho.notifications.update('Contacts', contactIds[300], { Mobile: mobile(50_000) });
		await until(() => isThere(contactIds[300], '+8613800050000'), {
			what: 'the changed number to be on the PBX',
			everyMs: 50,
		});
		const took = Math.round(performance.now() - start);
		process.stdout.write(`A change in Zoho CRM was on the PBX after ${took} ms\n`);
		expect(writes() - before).toBe(1);
	});

	it('a new one comes, a deleted one goes', async () => {
		const { notifications } = stack.zoho;
		const added = notifications.create('Contacts', { Last_Name: 'New', Mobile: mobile(50_001) });
		notifications.remove('Contacts', contactIds[301]);
		await until(() => isThere(added, '+8613800050001') && !contactOf(contactIds[301]), {
			what: 'the phonebook to follow',
		});
	});

	it(
		'at the next search when the notification was lost',
		async () => {
			stack.zoho.notifications.settings.isLosing = true;
			stack.zoho.notifications.update('Contacts', contactIds[302], { Mobile: mobile(50_002) });
			await stack.zoho.notifications.delivered();
			await clock.advance(A_MINUTE_MS);
			await until(() => isThere(contactIds[302], '+8613800050002'), {
				what: 'the search to find the change',
				timeoutMs: 150_000,
			});
			stack.zoho.notifications.settings.isLosing = false;
		},
		A_FEW_MINUTES,
	);

	it(
		'at the start when n8n was off for a day',
		async () => {
			await stack.n8n.kill('SIGTERM');
			stack.zoho.notifications.update('Contacts', contactIds[303], { Mobile: mobile(50_003) });
			stack.zoho.notifications.remove('Contacts', contactIds[304]);
			await clock.advance(24 * 3_600_000, false);
			await stack.n8n.restart();
			await stack.client.logIn();
			await until(() => isThere(contactIds[303], '+8613800050003') && !contactOf(contactIds[304]), {
				what: 'what was missed to be made up for',
				timeoutMs: 90_000,
			});
		},
		A_FEW_MINUTES,
	);
});

describe('disconnect', () => {
	it(
		'asks first, then leaves ordinary contacts that no synchronization touches',
		async () => {
			const { client, credentials } = stack;
			await client.unpublish(workflowId);
			await until(() => stack.zoho.notifications.channels().length === 0, {
				what: 'the channel to go',
			});
			const { id } = await client.importTemplate('disconnect', { credentials });
			const asked = await client.runManually(id);
			expect(asked.error?.message).toMatch(
				/^Nothing was changed\. All contacts of the phonebook "Zoho CRM"/,
			);
			const count = bookContacts().length;
			expect(remarks().filter((remark) => remark.includes('[CallBridge '))).toHaveLength(count);

			const { nodes } = await client.getWorkflow(id);
			const { parameters } = nodes.find(({ name }) => name === 'Set What Shall Go')!;
			const confirmed = JSON.parse(
				JSON.stringify(parameters)
					.replace('"name":"confirmation","value":""', '"name":"confirmation","value":"Zoho CRM"')
					.replace('"name":"clearTables","value":false', '"name":"clearTables","value":true'),
			) as Record<string, unknown>;
			await client.updateWorkflow(id, {
				nodes: { 'Set What Shall Go': { parameters: confirmed } },
			});
			expect(await client.runManually(id, { timeoutMs: A_FEW_MINUTES })).toMatchObject({
				status: 'success',
				error: null,
			});
			expect(bookContacts()).toHaveLength(count);
			expect(remarks().filter((remark) => remark.includes('[CallBridge '))).toEqual([]);
			expect(await client.readRows('callbridge_syncs')).toEqual([]);
			expect(await findings()).toEqual([]);
			const after = await runTemplate();
			expect(after.error?.message).toMatch(
				/holds [\d,]+ contacts that no synchronization has made/,
			);
		},
		A_FEW_MINUTES,
	);
});
