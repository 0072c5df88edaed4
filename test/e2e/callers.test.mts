import type { Fields } from '../simulators/zoho/crm/records/recordStore.mts';
import { startCallStack, type CallStack } from './callTemplates.mts';
import { userOfExtension } from './stack/staff.mts';

let stack: CallStack;

beforeAll(async () => {
	stack = await startCallStack();
});
afterAll(async () => await stack?.stop());

const logsOf = (recordId: string): Fields[] =>
	stack.zoho
		.records('Calls')
		.filter(({ Who_Id, What_Id }) =>
			[Who_Id, What_Id].some((link) => (link as { id?: string } | null)?.id === recordId),
		);

const leadsWith = (number: string): Fields[] =>
	stack.zoho
		.records('Leads')
		.filter(({ Phone, Mobile }) => [Phone, Mobile].some((value) => String(value).includes(number)));

describe('an unknown number', () => {
	it('becomes one lead with one log on it, for four credits', async () => {
		stack.zoho.credits.reset();
		const { callId } = await stack.pbx.place({
			kind: 'inboundToExtension',
			from: '075526605001',
			extension: '1002',
		});
		const [row] = await stack.ledgerOf(callId);
		expect(row).toMatchObject({ status: 'logged', module: 'Leads', matchedBy: 'created' });
		const [lead] = leadsWith('26605001');
		expect(lead).toMatchObject({
			Last_Name: 'Automatic New Contact -075526605001',
			Owner: { id: userOfExtension(stack.zoho, stack.pbx.company, '1002').id },
		});
		expect(logsOf(String(lead.id))).toHaveLength(1);
		expect(stack.zoho.credits.used).toBeLessThanOrEqual(4);
	});

	it('that calls twice within a second: still one lead, two logs', async () => {
		const [first, second] = await Promise.all(
			['1001', '1002'].map(
				async (extension) =>
					await stack.pbx.place({ kind: 'inboundToExtension', from: '075526605002', extension }),
			),
		);
		await stack.ledgerOf(first.callId, second.callId);
		const leads = leadsWith('26605002');
		expect(leads).toHaveLength(1);
		expect(logsOf(String(leads[0].id))).toHaveLength(2);
	});

	it('that was entered in the CRM three seconds ago and is not in the search index yet is found', async () => {
		const contactId = stack.zoho.insert(
			'Contacts',
			{ Last_Name: 'Fresh', Phone: '+86 755 2660 5003' },
			{ indexedAt: 'later' },
		);
		const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from: '075526605003' });
		await stack.ledgerOf(callId);
		expect(leadsWith('5003')).toHaveLength(0);
		expect(logsOf(contactId)).toHaveLength(1);
	});

	it('becomes a contact if the rule says so', async () => {
		await stack.changeRules({ createAs: 'contact' });
		const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from: '075526605004' });
		const [row] = await stack.ledgerOf(callId);
		expect(row.module).toBe('Contacts');
		expect(logsOf(String(row.recordId))).toHaveLength(1);
		await stack.changeRules({ createAs: 'lead' });
	});
});

describe('a number that people typed in their own way', () => {
	it.each([
		['0755-2660 1234', 'Phone', '075526601234'],
		['+86 755 26601235', 'Phone', '075526601235'],
		['(0755)26601236 ext 8', 'Phone', '075526601236'],
		['139 2345 6789', 'Mobile', '13923456789'],
	])('%s in %s', async (stored, field, from) => {
		const contactId = stack.zoho.insert('Contacts', {
			Last_Name: `Stored as ${stored}`,
			[field]: stored,
		});
		const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from });
		const [row] = await stack.ledgerOf(callId);
		expect(row.recordId).toBe(contactId);
		expect(logsOf(contactId)).toHaveLength(1);
	});

	it.each([
		['0755-2660 2234', 'Phone', '075526602234'],
		['+86 755 26602235', 'Phone', '075526602235'],
		['(0755)26602236 ext 8', 'Phone', '075526602236'],
	])(
		'%s, when the search of the CRM only finds what is written alike',
		async (stored, field, from) => {
			stack.zoho.settings.phoneSearch = 'literal';
			const contactId = stack.zoho.insert('Contacts', {
				Last_Name: `Stored as ${stored}`,
				[field]: stored,
			});
			const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from });
			const [row] = await stack.ledgerOf(callId);
			stack.zoho.settings.phoneSearch = 'tolerant';
			expect(row.recordId).toBe(contactId);
		},
	);

	it('on a contact and on a lead: the policy decides and says so', async () => {
		const phone = '075526601299';
		stack.zoho.insert('Leads', { Last_Name: 'Both', Company: 'Both', Phone: phone });
		const contactId = stack.zoho.insert('Contacts', { Last_Name: 'Both', Phone: phone });
		const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from: phone });
		const [row] = await stack.ledgerOf(callId);
		expect(row.recordId).toBe(contactId);
		const executions = await stack.executions();
		const found = executions
			.flatMap((execution) =>
				execution.itemsOf<{ callId: string; match: { choice: string } }>('Find Caller'),
			)
			.find((item) => item.callId === callId);
		expect(found?.match).toMatchObject({ matchCount: 2, choice: expect.stringMatching(/Contact/) });
	});
});

describe('outbound, internal and anonymous calls', () => {
	it.each([
		['answered', 'Outbound', '13800138001'],
		['unanswered', 'Outbound', '13800138002'],
	] as const)('outbound %s to a known number', async (outcome, type, to) => {
		const contactId = stack.zoho.insert('Contacts', { Last_Name: 'Called', Mobile: to });
		const { callId } = await stack.pbx.place({ kind: 'outbound', extension: '1003', to, outcome });
		await stack.ledgerOf(callId);
		expect(logsOf(contactId)).toEqual([
			expect.objectContaining({
				Call_Type: type,
				Owner: expect.objectContaining({
					id: userOfExtension(stack.zoho, stack.pbx.company, '1003').id,
				}),
			}),
		]);
	});

	it.each(['answered', 'unanswered'] as const)(
		'outbound %s to an unknown number',
		async (outcome) => {
			const to = outcome === 'answered' ? '13800138003' : '13800138004';
			const { callId } = await stack.pbx.place({
				kind: 'outbound',
				extension: '1003',
				to,
				outcome,
			});
			const [row] = await stack.ledgerOf(callId);
			expect(row).toMatchObject({ status: 'logged', module: 'Leads' });
			expect(logsOf(String(row.recordId))).toHaveLength(1);
		},
	);

	it('internal and anonymous calls leave nothing in the CRM but a visible reason', async () => {
		const before = [...stack.zoho.requests].length;
		const internal = await stack.pbx.place({ kind: 'internal', extension: '1001', to: '1002' });
		const hidden = await stack.pbx.place({ kind: 'inboundToExtension', anonymous: true });
		const rows = await stack.ledgerOf(internal.callId, hidden.callId);
		expect(rows.map(({ status }) => status)).toEqual(['left out', 'left out']);
		expect(rows[0].reason).toMatch(/internal/i);
		expect(rows[1].reason).toMatch(/anonymous/i);
		expect(stack.zoho.requests.length).toBe(before);
	});
});
