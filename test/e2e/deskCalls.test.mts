import type { Scenario } from '../simulators/yeastar/scenario.mts';
import type { Fields } from '../simulators/zoho/crm/records/recordStore.mts';
import { startCallStack, type CallStack, type LedgerRow } from './callTemplates.mts';
import { agentOfExtension } from './stack/staff.mts';
import { until } from './stack/until.mts';
import type { WorkflowFile } from './stack/workflows.mts';

let stack: CallStack;
const CONTACTS_NODES = { create: 'Create Contact', sync: 'Sync Contact' } as const;

const PEOPLE = [
	{ name: 'Li', number: '+8675526618001' },
	{ name: '', number: '+8675526618002' },
	{ name: 'Without number', number: '' },
];

/** Three people, one of them without a name and one without a number, for the help desk and for the phonebook. */
const contactsWorkflow: WorkflowFile = {
	name: 'Contacts from a list',
	nodes: [
		{
			id: '3f0e0b52-1d6a-4f8d-9a54-8f60f6d7c001',
			name: 'People',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: '3f0e0b52-1d6a-4f8d-9a54-8f60f6d7c002',
			name: CONTACTS_NODES.create,
			type: 'n8n-nodes-callbridge.zohoDesk',
			typeVersion: 1,
			position: [220, -100],
			parameters: {
				resource: 'contact',
				operation: 'create',
				fields: {
					mappingMode: 'defineBelow',
					value: { lastName: '={{ $json.name }}', phone: '={{ $json.number }}' },
					matchingColumns: [],
					schema: [],
				},
			},
			onError: 'continueErrorOutput',
		},
		{
			id: '3f0e0b52-1d6a-4f8d-9a54-8f60f6d7c003',
			name: CONTACTS_NODES.sync,
			type: 'n8n-nodes-callbridge.yeastar',
			typeVersion: 1,
			position: [220, 100],
			parameters: {
				resource: 'contact',
				operation: 'create',
				firstName: '={{ $json.name }}',
				numbers: { number: [{ type: 'business_number', number: '={{ $json.number }}' }] },
			},
			onError: 'continueErrorOutput',
		},
	],
	connections: {
		People: {
			main: [Object.values(CONTACTS_NODES).map((node) => ({ node, type: 'main', index: 0 }))],
		},
	},
	pinData: { People: PEOPLE.map((json) => ({ json })) },
	settings: { executionOrder: 'v1' },
};

const NODE = { create: 'Create Ticket' } as const;
const ALL_TYPES = ['inboundAnswered', 'inboundMissed', 'outboundAnswered', 'outboundUnanswered'];

beforeAll(async () => {
	stack = await startCallStack({}, 'calls-to-zoho-desk');
});
afterAll(async () => await stack?.stop());

const desk = () => stack.zoho.desk;
const ticketsOf = (contactId: unknown): Fields[] =>
	desk()
		.records('tickets')
		.filter((ticket) => ticket.contactId === contactId);
const logsOf = (contactId: unknown): Fields[] =>
	desk()
		.records('calls')
		.filter((call) => call.contactId === contactId);
const commentsOn = (ticketId: unknown): Fields[] => desk().partsOf('comments', String(ticketId));
const contactsWith = (digits: string): Fields[] =>
	desk()
		.records('contacts')
		.filter(({ phone, mobile }) =>
			[phone, mobile].some((value) =>
				String(value ?? '')
					.replace(/\D/g, '')
					.includes(digits),
			),
		);
const contact = (lastName: string, fields: Fields = {}): string =>
	desk().insert('contacts', { lastName, ...fields });

let lastNumber = 75_526_610_000;
/** A number of its own, as the PBX has it and as people store it. */
function freshNumber(): { dialled: string; stored: string } {
	lastNumber += 1;
	return { dialled: `0${lastNumber}`, stored: `+86${lastNumber}` };
}

async function placed(scenario: Scenario): Promise<LedgerRow> {
	const { callId } = await stack.pbx.place(scenario);
	const [row] = await stack.ledgerOf(callId);
	return row;
}

const scenarioOf: Record<string, (number: string) => Scenario> = {
	inboundAnswered: (from) => ({ kind: 'inboundToExtension', from, extension: '1002' }),
	inboundMissed: (from) => ({
		kind: 'inboundToExtension',
		from,
		extension: '1002',
		outcome: 'unanswered',
	}),
	outboundAnswered: (to) => ({ kind: 'outbound', to, extension: '1002' }),
	outboundUnanswered: (to) => ({ kind: 'outbound', to, extension: '1002', outcome: 'unanswered' }),
};

/** A call that nobody answered ten minutes ago, before whatever follows. */
const missedBefore = (from: string): Scenario => ({
	...scenarioOf.inboundMissed(from),
	startedAt: Math.floor(Date.now() / 1_000) - 600,
});

const KIND_IN_SUBJECT: Record<string, string> = {
	inboundAnswered: 'Inbound Completed',
	inboundMissed: 'Inbound Missed',
	outboundAnswered: 'Outbound Completed',
	outboundUnanswered: 'Outbound No Answer',
};

describe('each of the four call types', () => {
	it.each([[['inboundAnswered', 'outboundUnanswered']], [['inboundMissed', 'outboundAnswered']]])(
		'%s switched on, the others off: tickets for these alone, a log for each',
		async (chosen) => {
			await stack.changeRules({ createTicketFor: chosen, followUpTask: false });
			const agent = agentOfExtension(stack.zoho, stack.pbx.company, '1002');
			for (const type of ALL_TYPES) {
				const { dialled, stored } = freshNumber();
				const contactId = contact(`Known ${type}`, { phone: stored });
				const row = await placed(scenarioOf[type](dialled));
				expect(row).toMatchObject({ status: 'logged', module: 'contacts', recordId: contactId });

				const isTicketWanted = chosen.includes(type);
				const isInbound = type.startsWith('inbound');
				const person = `${stack.pbx.company.extensions.find(({ number }) => number === '1002')?.name}<1002>`;
				const subject = isInbound
					? `${KIND_IN_SUBJECT[type]} - from <${dialled}> to ${person}`
					: `${KIND_IN_SUBJECT[type]} - from ${person} to <${dialled}>`;
				const tickets = ticketsOf(contactId);
				expect(tickets).toMatchObject(
					isTicketWanted
						? [
								{
									subject,
									contactId,
									departmentId: desk().departments[0].id,
									assigneeId: agent.id,
									channel: 'Phone',
									phone: stored,
									status: 'Open',
									description: expect.stringContaining(`Call ID: ${row.callId}`) as string,
								},
							]
						: [],
				);
				expect(logsOf(contactId)).toMatchObject([
					{
						subject,
						direction: isInbound ? 'inbound' : 'outbound',
						ownerId: agent.id,
						ticketId: tickets[0]?.id ?? null,
						departmentId: desk().departments[0].id,
					},
				]);
				expect(row.ticketId ?? '').toBe(tickets[0]?.id ?? '');
			}
		},
	);
});

describe('an unknown number', () => {
	it('inbound only: an inbound call makes contact, log and ticket, an outbound one nothing', async () => {
		await stack.changeRules({ createTicketFor: ALL_TYPES, createRecordFor: ['inbound'] });
		const [inbound, outbound] = [freshNumber(), freshNumber()];
		const row = await placed(scenarioOf.inboundAnswered(inbound.dialled));
		const [created, ...others] = contactsWith(inbound.stored.slice(1));
		expect(others).toEqual([]);
		expect(created).toMatchObject({
			lastName: `Automatic New Contact ${inbound.dialled}`,
			phone: inbound.stored,
		});
		expect(row).toMatchObject({ status: 'logged', matchedBy: 'created', recordId: created.id });
		expect(ticketsOf(created.id)).toHaveLength(1);
		expect(logsOf(created.id)).toHaveLength(1);

		const before = desk().records('tickets').length;
		const left = await placed(scenarioOf.outboundAnswered(outbound.dialled));
		expect(left).toMatchObject({ status: 'left out' });
		expect(contactsWith(outbound.stored.slice(1))).toEqual([]);
		expect(desk().records('tickets')).toHaveLength(before);
	});

	it('that calls twice within a second is one contact', async () => {
		const { dialled, stored } = freshNumber();
		const placedCalls = await Promise.all(
			['1001', '1002'].map(
				async (extension) =>
					await stack.pbx.place({ kind: 'inboundToExtension', from: dialled, extension }),
			),
		);
		await stack.ledgerOf(...placedCalls.map(({ callId }) => callId));
		const [only, ...others] = contactsWith(stored.slice(1));
		expect(others).toEqual([]);
		expect(logsOf(only.id)).toHaveLength(2);
	});

	it('as account: the account and its contact, with ticket and log on the contact', async () => {
		await stack.changeRules({ createAs: 'account' });
		const { dialled, stored } = freshNumber();
		const row = await placed(scenarioOf.inboundAnswered(dialled));
		await stack.changeRules({ createAs: 'contact' });
		const account = desk()
			.records('accounts')
			.find(({ phone }) => phone === stored);
		expect(account).toMatchObject({ accountName: `Automatic New Account ${dialled}` });
		const [person] = contactsWith(stored.slice(1));
		expect(row).toMatchObject({ module: 'accounts', recordId: person.id });
		expect(person.accountId).toBe(account?.id);
		expect(ticketsOf(person.id)).toHaveLength(1);
		expect(logsOf(person.id)).toHaveLength(1);
	});
});

describe('numbers as people type them', () => {
	it.each([
		['0755-2661 1234', 'phone', '075526611234'],
		['+86 755 26611235', 'phone', '075526611235'],
		['(0755)26611236', 'phone', '075526611236'],
		['139 2345 6780', 'mobile', '13923456780'],
		['+8613923456781', 'mobile', '13923456781'],
		['013923456782', 'mobile', '13923456782'],
	])('%s in %s is found', async (typed, field, from) => {
		const contactId = contact(`Typed ${typed}`, { [field]: typed });
		const row = await placed({ kind: 'inboundToExtension', from });
		expect(row.recordId).toBe(contactId);
		expect(contactsWith(from.slice(-8))).toHaveLength(1);
	});

	it('on two contacts: the one of the agent who answered', async () => {
		const { dialled, stored } = freshNumber();
		const agent = agentOfExtension(stack.zoho, stack.pbx.company, '1002');
		const right = contact('Twice', { phone: stored, ownerId: agent.id });
		contact('Twice', { phone: stored });
		const row = await placed(scenarioOf.inboundAnswered(dialled));
		expect(row.recordId).toBe(right);
		expect(contactsWith(stored.slice(1))).toHaveLength(2);
	});

	it('entered a moment ago and not in the search index yet: no second contact', async () => {
		const { dialled, stored } = freshNumber();
		const contactId = desk().insert(
			'contacts',
			{ lastName: 'Fresh', phone: stored },
			{ indexedAt: 'later' },
		);
		const row = await placed(scenarioOf.inboundAnswered(dialled));
		expect(row.recordId).toBe(contactId);
		expect(contactsWith(stored.slice(1))).toHaveLength(1);
	});

	it('with wildcards in it: nobody else is found', async () => {
		const stranger = contact('Stranger', { phone: '+8675526619999' });
		const row = await placed({ kind: 'inboundToExtension', from: '*07552661*' });
		expect(row.recordId).not.toBe(stranger);
		expect(ticketsOf(stranger)).toEqual([]);
	});
});

describe('what it costs', () => {
	it('a known caller with ticket and log: at most eight credits', async () => {
		const { dialled, stored } = freshNumber();
		contact('Cheap', { phone: stored });
		// Departments and agents are known by now, as in a running company.
		const before = desk().credits.used;
		await placed(scenarioOf.inboundAnswered(dialled));
		const used = desk().credits.used - before;
		console.log(`A known caller with ticket and log costs ${used} credits of Zoho Desk.`);
		expect(used).toBeLessThanOrEqual(8);
	});
});

describe('a caller with an open ticket', () => {
	it('who calls three times in an hour: one ticket, three entries', async () => {
		await stack.changeNodes({
			[NODE.create]: { parameters: { options: { appendWithinHours: 2 } } },
		});
		const { dialled, stored } = freshNumber();
		const contactId = contact('Again', { phone: stored });
		for (let call = 0; call < 3; call++) await placed(scenarioOf.inboundAnswered(dialled));
		await stack.changeNodes({
			[NODE.create]: { parameters: { options: { appendWithinHours: 0 } } },
		});
		const [ticket, ...others] = ticketsOf(contactId);
		expect(others).toEqual([]);
		expect(logsOf(contactId).map(({ ticketId }) => ticketId)).toEqual([
			ticket.id,
			ticket.id,
			ticket.id,
		]);
		expect(commentsOn(ticket.id)).toHaveLength(2);
	});
});

describe('a missed call to follow up', () => {
	it('opens a ticket with a due time, which closes when somebody has reached the caller', async () => {
		await stack.changeRules({
			createTicketFor: [],
			createRecordFor: ['inbound', 'outbound'],
			followUpTask: true,
			taskDueAfterHours: 4,
		});
		const { dialled, stored } = freshNumber();
		const contactId = contact('Missed', { phone: stored });
		const missed = await placed(missedBefore(dialled));
		expect(missed).toMatchObject({ status: 'logged', callBack: 'waiting' });
		const [ticket] = ticketsOf(contactId);
		expect(ticket).toMatchObject({ status: 'Open', subject: `Call back ${dialled}` });
		const dueAt = Date.parse(String(ticket.dueDate));
		expect(Math.abs(dueAt - Date.parse(String(missed.startedAt)) - 4 * 3_600_000)).toBeLessThan(
			120_000,
		);

		await placed(scenarioOf.outboundUnanswered(dialled));
		expect(ticketsOf(contactId)[0].status).toBe('Open');

		await placed(scenarioOf.outboundAnswered(dialled));
		await until(() => ticketsOf(contactId)[0].status === 'Closed', {
			what: 'the ticket to be closed',
			timeoutMs: 30_000,
		});
		expect(commentsOn(ticket.id)).toMatchObject([
			{ content: expect.stringMatching(/^The caller was reached: called back at /) as string },
		]);
		expect(ticketsOf(contactId)).toHaveLength(1);
		await until(
			async () => {
				const [row] = await stack.client.readRows<LedgerRow>('callbridge_ledger', {
					callId: missed.callId,
				});
				return row.callBack === 'reached';
			},
			{ what: 'the ledger to say so' },
		);

		await placed(scenarioOf.inboundAnswered(dialled));
		expect(commentsOn(ticket.id)).toHaveLength(1);
	});

	it('and stays open in a dry run', async () => {
		const { dialled, stored } = freshNumber();
		const contactId = contact('Dry run', { phone: stored });
		await placed(missedBefore(dialled));
		await stack.changeRules({ dryRun: true });
		const { callId } = await stack.pbx.place(scenarioOf.outboundAnswered(dialled));
		const [row] = await stack.ledgerOf(callId);
		expect(row).toMatchObject({
			status: 'left out',
			reason: expect.stringMatching(/^Dry run: /) as string,
		});
		const own = (await stack.executions()).filter((execution) =>
			execution.itemsOf<{ callId: string }>('Find Caller').some((item) => item.callId === callId),
		);
		expect(own.map(({ ran }) => ran.includes('Close Ticket'))).toEqual([false]);
		await stack.changeRules({ dryRun: false });
		expect(ticketsOf(contactId)).toMatchObject([{ status: 'Open' }]);
		expect(logsOf(contactId)).toHaveLength(1);
	});

	it('and the ledger says so if Zoho Desk refuses to close it; the call itself is fine', async () => {
		const { dialled, stored } = freshNumber();
		const contactId = contact('Refused', { phone: stored });
		const missed = await placed(missedBefore(dialled));
		desk().faults.add({ kind: 'status', status: 422, match: /^PATCH .*\/tickets\//, times: 10 });
		const reached = await placed(scenarioOf.outboundAnswered(dialled));
		const row = await until(
			async () => {
				const [found] = await stack.client.readRows<LedgerRow>('callbridge_ledger', {
					callId: missed.callId,
				});
				return found.callBack === 'not closed' ? found : undefined;
			},
			{ what: 'the ledger to say that the ticket was not closed', timeoutMs: 60_000 },
		);
		desk().faults.clear();
		expect(row.reason).toMatch(/^Zoho Desk does not carry this out/);
		expect(reached.status).toBe('logged');
		expect(
			await stack.client.readRows('callbridge_ledger', { callId: reached.callId }),
		).toMatchObject([{ status: 'logged' }]);
		expect(ticketsOf(contactId)).toMatchObject([{ status: 'Open' }]);
	});

	it('and a conversation that began before the missed call closes nothing', async () => {
		const { dialled, stored } = freshNumber();
		const contactId = contact('Overlapping', { phone: stored });
		const now = Math.floor(Date.now() / 1_000);
		await placed({ ...scenarioOf.inboundMissed(dialled), startedAt: now - 120 } as Scenario);
		await placed({
			...scenarioOf.inboundAnswered(dialled),
			startedAt: now - 900,
			talkSeconds: 850,
		} as Scenario);
		const { callId } = await stack.pbx.place(scenarioOf.outboundUnanswered(dialled));
		await stack.ledgerOf(callId);
		expect(ticketsOf(contactId)).toMatchObject([{ status: 'Open' }]);
	});

	it('and stays as it is if somebody closed it before', async () => {
		const { dialled, stored } = freshNumber();
		const contactId = contact('Closed by hand', { phone: stored });
		await placed(missedBefore(dialled));
		const [ticket] = ticketsOf(contactId);
		desk().update('tickets', String(ticket.id), { status: 'Closed' });
		const { modifiedTime } = ticketsOf(contactId)[0];
		const reached = await placed(scenarioOf.outboundAnswered(dialled));
		expect(reached.status).toBe('logged');
		await until(
			async () => {
				const rows = await stack.client.readRows<LedgerRow>('callbridge_ledger', {
					recordId: contactId,
				});
				return rows.some(({ callBack }) => callBack === 'reached');
			},
			{ what: 'the ledger to say so' },
		);
		expect(ticketsOf(contactId)[0].modifiedTime).toBe(modifiedTime);
		expect(commentsOn(ticket.id)).toEqual([]);
	});
});

describe('what was said', () => {
	const RECORDING = ['Download Recording', 'Attach Recording'];
	const VOICEMAIL = ['Download Voicemail', 'Attach Voicemail'];
	const switched = async (names: string[], disabled: boolean) =>
		await stack.changeNodes(Object.fromEntries(names.map((name) => [name, { disabled }])));
	const filesOn = (ticketId: unknown) => desk().partsOf('attachments', String(ticketId));

	beforeAll(async () => {
		await stack.changeRules({ createTicketFor: ALL_TYPES, followUpTask: false });
	});

	it('is linked from ticket and log', async () => {
		const { dialled, stored } = freshNumber();
		const contactId = contact('Recorded', { phone: stored });
		await placed({ kind: 'inboundToExtension', from: dialled, recorded: true });
		const { file } = stack.pbx.recordings.at(-1) as { file: string };
		const link = `${stack.n8n.url}/webhook/callbridge-recording?file=${encodeURIComponent(file)}`;
		for (const { description } of [...ticketsOf(contactId), ...logsOf(contactId)]) {
			expect(description).toContain(`href="${link}"`);
		}
		expect(filesOn(ticketsOf(contactId)[0].id)).toEqual([]);
	});

	it('is attached, if the two nodes are activated', async () => {
		await switched([...RECORDING, ...VOICEMAIL], false);
		const [recorded, left] = [freshNumber(), freshNumber()];
		const contactIds = [recorded, left].map(({ stored }) => contact('Attached', { phone: stored }));
		await placed({ kind: 'inboundToExtension', from: recorded.dialled, recorded: true });
		const { file } = stack.pbx.recordings.at(-1) as { file: string };
		await placed({ kind: 'inboundToExtension', from: left.dialled, outcome: 'voicemail' });
		const attachments = await until(
			() => {
				const found = contactIds.map((id) => filesOn(ticketsOf(id)[0].id));
				return found.every((files) => files.length > 0) ? found : undefined;
			},
			{ what: 'recording and voicemail to be attached', timeoutMs: 60_000 },
		);
		await switched([...RECORDING, ...VOICEMAIL], true);
		expect(attachments).toMatchObject([
			[{ name: file }],
			[{ name: expect.stringMatching(/^voicemail-.*\.wav$/) as string }],
		]);
	});
});

describe('a trial of the rules on past calls', () => {
	it('writes nothing, also when something goes wrong', async () => {
		const rows = await stack.client.readRows<LedgerRow>('callbridge_ledger');
		const before = [desk().records('tickets').length, desk().records('contacts').length];
		const trial = async () =>
			await stack.client.runManually(stack.workflowId, {
				trigger: 'When You Try Rules on Past Calls',
				timeoutMs: 120_000,
			});
		expect(await trial()).toMatchObject({ status: 'success' });
		desk().faults.add({ kind: 'status', status: 403, match: /^GET .*\/search$/, times: 500 });
		const failed = await trial();
		desk().faults.clear();
		expect(failed).toMatchObject({ status: 'error' });
		expect(failed.error?.message).toMatch(/lacks a right for this in Zoho Desk/);
		expect([desk().records('tickets').length, desk().records('contacts').length]).toEqual(before);
		expect(await stack.client.readRows<LedgerRow>('callbridge_ledger')).toEqual(rows);
	});
});

describe('a contact without a name or a number', () => {
	it('is refused with the name of the field, by the help desk and by the phonebook; the rest goes on', async () => {
		const { client, credentials } = stack;
		const { id } = await client.importWorkflow(contactsWorkflow, { credentials });
		const execution = await client.runManually(id);
		expect(execution.error).toBeNull();
		const { create, sync } = CONTACTS_NODES;
		expect(execution.itemsOf(create, 0)).toMatchObject([
			{ lastName: 'Li' },
			{ lastName: 'Without number' },
		]);
		expect(execution.itemsOf(create, 1)).toEqual([
			expect.objectContaining({ error: 'Zoho Desk needs a value for lastName' }),
		]);
		expect(execution.itemsOf(sync, 0)).toHaveLength(1);
		expect(execution.itemsOf<{ error: string }>(sync, 1).map(({ error }) => error)).toEqual([
			expect.stringMatching(/^First Name /) as string,
			expect.stringMatching(/^Numbers is empty/) as string,
		]);
	});
});

describe('the free edition, without calls and webhooks', () => {
	it('gets the log as a comment on the ticket, and the ledger says so', async () => {
		desk().state.edition = 'FREE';
		await stack.changeRules({ createTicketFor: ['inboundAnswered'], followUpTask: false });
		const { dialled, stored } = freshNumber();
		const contactId = contact('Free', { phone: stored });
		const row = await placed({
			...scenarioOf.inboundAnswered(dialled),
			recorded: true,
		} as Scenario);
		const [ticket] = ticketsOf(contactId);
		expect(logsOf(contactId)).toEqual([]);
		expect(commentsOn(ticket.id)).toMatchObject([
			{
				isPublic: false,
				content: expect.stringContaining(`Call ID: ${row.callId}`) as string,
			},
		]);
		expect(row).toMatchObject({
			status: 'logged',
			logId: commentsOn(ticket.id)[0].id,
			reason: expect.stringContaining('has no calls') as string,
		});
	});

	it('and where there is no ticket, the ledger says what is missing', async () => {
		const { dialled, stored } = freshNumber();
		contact('Free, without ticket', { phone: stored });
		const row = await placed(scenarioOf.outboundAnswered(dialled));
		expect(row).toMatchObject({
			status: 'left out',
			reason: expect.stringContaining('has no calls, and the item has no ticket') as string,
		});
	});
});
