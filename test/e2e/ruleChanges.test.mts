import { RULES, startCallStack, type CallStack } from './callTemplates.mts';
import { bookContacts, remarksOf, writesTo } from './phonebookContents.mts';

let stack: CallStack;

beforeAll(async () => {
	stack = await startCallStack();
});
afterAll(async () => await stack?.stop());

const callCount = (): number => stack.zoho.records('Calls').length;

describe('a rule changed in the template changes what happens', () => {
	it('create records for inbound calls only', async () => {
		await stack.changeRules({ createRecordFor: ['inbound'] });
		const outbound = await stack.pbx.place({ kind: 'outbound', to: '13800138101' });
		const inbound = await stack.pbx.place({ kind: 'inboundToExtension', from: '13800138102' });
		const [out, into] = await stack.ledgerOf(outbound.callId, inbound.callId);
		expect(out).toMatchObject({
			status: 'left out',
			reason: expect.stringMatching(/unknown|record/i),
		});
		expect(into).toMatchObject({ status: 'logged', module: 'Leads' });
		expect(stack.zoho.records('Leads')).toHaveLength(1);
	});

	it('ticket types: the chosen ones leave by the ticket output', async () => {
		await stack.changeRules({
			createTicketFor: ['inboundMissed'],
			createRecordFor: ['inbound', 'outbound'],
		});
		const missed = await stack.pbx.place({
			kind: 'inboundToExtension',
			from: '13800138103',
			outcome: 'unanswered',
		});
		const answered = await stack.pbx.place({ kind: 'inboundToExtension', from: '13800138104' });
		await stack.ledgerOf(missed.callId, answered.callId);
		const executions = await stack.executions();
		const tickets = executions.flatMap((execution) =>
			execution.itemsOf<{ callId: string }>(RULES, 2).map(({ callId }) => callId),
		);
		expect(tickets).toEqual([missed.callId]);
	});

	it('talk time of at least ten seconds', async () => {
		await stack.changeRules({ minimumTalkTime: 10, createTicketFor: [] });
		const before = callCount();
		const brief = await stack.pbx.place({ kind: 'inboundToExtension', talkSeconds: 4 });
		const long = await stack.pbx.place({ kind: 'inboundToExtension', talkSeconds: 12 });
		const [left, logged] = await stack.ledgerOf(brief.callId, long.callId);
		expect(left).toMatchObject({ status: 'left out', reason: expect.stringContaining('4 s') });
		expect(logged.status).toBe('logged');
		expect(callCount()).toBe(before + 1);
	});

	it('a follow-up task for missed calls', async () => {
		await stack.changeRules({ followUpTask: true, minimumTalkTime: 0 });
		const { callId } = await stack.pbx.place({
			kind: 'inboundToExtension',
			from: '13800138105',
			outcome: 'unanswered',
		});
		await stack.ledgerOf(callId);
		const tasks = stack.zoho.records('Tasks');
		expect(tasks).toHaveLength(1);
		expect(tasks[0]).toMatchObject({ Subject: 'Call back 13800138105' });
	});
});

describe('customers who call, in the phonebook', () => {
	const BOOK = 'Zoho CRM';
	const inBook = () => bookContacts(stack.pbx, BOOK);
	const called = async (from: string) => {
		const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from });
		const execution = await stack.executionOf(callId);
		const [row] = await stack.ledgerOf(callId);
		return { execution, row };
	};

	beforeAll(async () => {
		await stack.changeRules({ syncContact: true, followUpTask: false });
		stack.zoho.insert('Contacts', { Last_Name: 'Silent', Mobile: '13800138201' });
	});

	it('a known one is put there alone, and once', async () => {
		const id = stack.zoho.insert('Contacts', {
			First_Name: 'Amina',
			Last_Name: 'Otieno',
			Mobile: '138 0013 8202',
		});
		const { row } = await called('13800138202');
		expect(row).toMatchObject({ status: 'logged', recordId: id });
		expect(remarksOf(inBook())).toEqual([`Zoho CRM Contacts ${id}`]);
		expect(inBook()).toMatchObject([
			{
				first_name: 'Amina',
				last_name: 'Otieno',
				number_list: [{ num_type: 'mobile_number', number: '+8613800138202' }],
			},
		]);

		const before = writesTo(stack.pbx);
		const again = await called('13800138202');
		expect(again.execution.itemsOf('Save Customer in Phonebook')).toMatchObject([{ unchanged: 1 }]);
		expect(writesTo(stack.pbx)).toBe(before);
	});

	it('an unknown one is put there as soon as there is a record', async () => {
		const { execution, row } = await called('13800138203');
		expect(execution).toMatchObject({ status: 'success', error: null });
		expect(row).toMatchObject({ status: 'logged', matchedBy: 'created', module: 'Leads' });
		expect(remarksOf(inBook())).toContain(`Zoho CRM Leads ${row.recordId}`);
		expect(inBook()).toHaveLength(2);
	});

	it.each([
		['has no room', 'company_contact/create', 60002, /MAX LIMITATION EXCEEDED/],
		['does not let us', 'phonebook/list', 80010, /may not use this feature/],
		['does not take this contact', 'company_contact/create', 40002, /does not accept the values/],
	] as const)(
		'and if the PBX %s, the call is logged and the execution tells why',
		async (_what, path, errcode, reason) => {
			const number = `138${errcode}830`;
			const id = stack.zoho.insert('Contacts', { Last_Name: 'Refused', Mobile: number });
			stack.pbx.faults.answers.push({ kind: 'errcode', path, errcode });
			const { execution, row } = await called(number);
			stack.pbx.faults.answers = [];
			expect(row).toMatchObject({ status: 'logged', recordId: id });
			expect(remarksOf(inBook())).not.toContain(`Zoho CRM Contacts ${id}`);
			expect(execution.error?.message).toMatch(
				/^The customer could not be saved in the phonebook: [^.]{10,}/,
			);
			expect(execution.error?.message).toMatch(reason);
			const [after] = await stack.ledgerOf(row.callId);
			expect(after.status).toBe('logged');
		},
	);

	it('a trial writes nothing there', async () => {
		const before = writesTo(stack.pbx);
		await stack.client.runManually(stack.workflowId, {
			trigger: 'When You Try Rules on Past Calls',
		});
		expect(writesTo(stack.pbx)).toBe(before);
	});
});

describe('rules tried on past calls', () => {
	it('decide about each of them and write nothing to the CRM', async () => {
		const recordsBefore = ['Calls', 'Leads', 'Contacts', 'Tasks'].map(
			(module) => stack.zoho.records(module).length,
		);
		const ledgerBefore = await stack.client.readRows('callbridge_ledger');
		const trial = await stack.client.runManually(stack.workflowId, {
			trigger: 'When You Try Rules on Past Calls',
		});
		expect(trial.status).toBe('success');
		const decided = trial.itemsOf<{ decision: { dryRun: boolean; reason: string } }>(RULES, 5);
		expect(decided.length).toBeGreaterThan(5);
		expect(decided.every(({ decision }) => decision.dryRun && decision.reason !== '')).toBe(true);
		const writes = stack.zoho.requests.filter(
			({ method, path }) => method !== 'GET' && !/composite|coql|oauth/.test(path),
		).length;
		expect(
			['Calls', 'Leads', 'Contacts', 'Tasks'].map((module) => stack.zoho.records(module).length),
		).toEqual(recordsBefore);
		expect(await stack.client.readRows('callbridge_ledger')).toEqual(ledgerBefore);
		expect(writes).toBe(
			stack.zoho.requests.filter(
				({ method, path }) => method !== 'GET' && !/composite|coql|oauth/.test(path),
			).length,
		);
	});
});
