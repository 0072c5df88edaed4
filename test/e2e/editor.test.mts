import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	executeOnCanvas,
	keepScreenshot,
	nodesThatLookWrong,
	showWorkflow,
	toastsOf,
} from './editor/canvas.mts';
import {
	chooseInField,
	fillField,
	newCredential,
	saveAndTest,
	shownFields,
	waitForField,
} from './editor/credentialDialog.mts';
import { closeNodePanel, openNodePanel, shownSettings } from './editor/nodePanel.mts';
import { openEditor, type OpenEditor } from './stack/browser.mts';
import { yeastarFields } from './stack/connectVendors.mts';
import { startStack, type Stack } from './stack/startStack.mts';

interface LoadedType {
	name: string;
	version?: number | number[];
	iconUrl?: string | { light: string; dark: string };
}

const templatesIn = (folder: string) =>
	readdirSync(join(process.cwd(), 'workflows', folder))
		.filter((file) => file.endsWith('.json'))
		.map((file) => join(folder, file.replace('.json', '')));

const templates = [...templatesIn(''), ...templatesIn('zh-CN')];

const ADDRESSES = ['accountsUrl', 'crmApiUrl', 'deskApiUrl', 'crmUrl', 'deskUrl'];

let stack: Stack;
let editor: OpenEditor;

beforeAll(async () => {
	stack = await startStack();
	editor = await openEditor(stack.n8n.url);
});
afterAll(async () => {
	await editor?.close();
	await stack?.stop();
});

const loadedTypes = async (kind: 'nodes' | 'credentials') =>
	await stack.client.session.get<LoadedType[]>(`/types/${kind}.json`);

/** What package.json says is in the package: `yeastarTrigger`, `yeastarApi` … */
const offered = (kind: 'nodes' | 'credentials') => {
	const { n8n } = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
		n8n: Record<'nodes' | 'credentials', string[]>;
	};
	return n8n[kind].map((file) => file.split('/').at(-1)!.split('.')[0].toLowerCase());
};

async function iconAnswers(types: LoadedType[]): Promise<string[]> {
	const addresses = types.flatMap(({ name, iconUrl }) => {
		const urls = typeof iconUrl === 'string' ? [iconUrl] : Object.values(iconUrl ?? {});
		return urls.length === 0 ? [`no icon for ${name}`] : urls;
	});
	return await Promise.all(
		addresses.map(async (address) => {
			const { status, headers } = await fetch(`${stack.n8n.url}/${address}`);
			return `${status} ${headers.get('content-type')?.split(';')[0]}`;
		}),
	);
}

describe('the packed package in an empty n8n', () => {
	it('brings every node, with its icons', async () => {
		const all = await loadedTypes('nodes');
		const own = all.filter(({ name }) => name.startsWith('n8n-nodes-callbridge.'));
		const names = own.map(({ name }) => name.split('.')[1].toLowerCase());
		expect(names).toEqual(expect.arrayContaining(offered('nodes')));
		expect(new Set(await iconAnswers(own))).toEqual(new Set(['200 image/svg+xml']));
	});

	it('brings every credential, with its icon', async () => {
		const all = await loadedTypes('credentials');
		const own = all.filter(({ name }) => offered('credentials').includes(name.toLowerCase()));
		expect(own.map(({ name }) => name).sort()).toEqual([
			'callBridgeLinkApi',
			'callBridgeZohoOAuth2Api',
			'weComCustomerServiceApi',
			'yeastarApi',
			'yeastarWebhookApi',
		]);
		expect(new Set(await iconAnswers(own))).toEqual(new Set(['200 image/svg+xml']));
	});
});

describe('the credential dialog', () => {
	it('of the PBX shows its four fields and tests what is typed there', async () => {
		const { page } = editor;
		const dialog = await newCredential(page, stack.n8n.url, 'Yeastar API');
		const { baseUrl, clientId, clientSecret } = yeastarFields(stack.pbx);
		expect(await shownFields(dialog)).toEqual([
			'baseUrl',
			'clientId',
			'clientSecret',
			'ignoreSslIssues',
		]);
		await fillField(dialog, 'baseUrl', baseUrl);
		await fillField(dialog, 'clientId', clientId);
		await fillField(dialog, 'clientSecret', clientSecret);
		expect(await saveAndTest(dialog)).toMatchObject({ isOk: true });
		await keepScreenshot(page, 'credential-yeastar');

		await fillField(dialog, 'clientSecret', 'not the secret');
		const { isOk, text } = await saveAndTest(dialog);
		await keepScreenshot(page, 'credential-yeastar-wrong-secret');
		expect(isOk).toBe(false);
		expect(text).toContain('The PBX does not accept the Client ID and Client Secret.');
		expect(text).not.toContain('not the secret');
	});

	it('of Zoho asks for addresses only where people have their own', async () => {
		const { page } = editor;
		const dialog = await newCredential(page, stack.n8n.url, 'CallBridge Zoho OAuth2 API');
		await waitForField(dialog, 'clientId');
		const always = ['clientId', 'clientSecret', 'scope', 'dataCenter', 'deskOrgId'];
		expect(await shownFields(dialog)).toEqual(expect.arrayContaining(always));

		await chooseInField(dialog, 'dataCenter', 'China');
		const inChina = await shownFields(dialog);
		await keepScreenshot(page, 'credential-zoho-china');
		expect(inChina.filter((name) => ADDRESSES.includes(name))).toEqual([]);

		await chooseInField(dialog, 'dataCenter', 'Custom');
		const custom = await shownFields(dialog);
		await keepScreenshot(page, 'credential-zoho-custom');
		expect(custom.filter((name) => ADDRESSES.includes(name))).toEqual(ADDRESSES);
	});
});

describe('the editor', () => {
	it('shows which nodes it does not know', async () => {
		const node = { typeVersion: 1, parameters: {} };
		const strange = await stack.client.importWorkflow({
			name: 'Nodes that nobody has',
			nodes: [
				{ ...node, id: 'a', name: 'Own', type: 'n8n-nodes-callbridge.no', position: [0, 0] },
				{ ...node, id: 'b', name: 'Base', type: 'n8n-nodes-base.no', position: [200, 0] },
			],
			connections: {},
		});
		await showWorkflow(editor, stack.n8n.url, strange);
		expect(await nodesThatLookWrong(editor.page)).toEqual([
			{ node: 'Own', why: 'not installed' },
			{ node: 'Base', why: 'unknown type' },
		]);
	});

	it.each(templates)('opens %s whole, without a complaint', async (name) => {
		const workflow = await stack.client.importTemplate(name);
		expect(await stack.client.unknownNodes(workflow)).toEqual([]);
		await showWorkflow(editor, stack.n8n.url, workflow);
		await keepScreenshot(editor.page, name);
		expect(await nodesThatLookWrong(editor.page)).toEqual([]);
		expect(await toastsOf(editor.page)).toEqual([]);
	});
});

describe('the template for calls, in the editor', () => {
	it('logs its pinned call, without a PBX', async () => {
		const { client, credentials, n8n, pbx, zoho } = stack;
		const { page } = editor;
		const setup = await client.importTemplate('setup');
		expect((await client.runManually(setup.id)).error).toBeNull();
		await pbx.close();
		const contactId = zoho.insert('Contacts', { Last_Name: 'Li', Phone: '0755-2660 1234' });
		const workflow = await client.importTemplate('calls-to-zoho-crm', {
			credentials: credentials.filter(({ type }) => type !== 'yeastarApi'),
		});

		await showWorkflow(editor, n8n.url, workflow);
		expect(await executeOnCanvas(page)).toContain('Workflow executed successfully');
		await keepScreenshot(page, 'executed');
		const [execution] = await client.waitForExecutions(workflow.id, 1);
		expect(execution).toMatchObject({ status: 'success', error: null });
		const LOG_CALL = 1;
		expect(execution.itemsOf('Apply Call Rules', LOG_CALL)).toMatchObject([
			{ decision: { actions: ['logCall'] }, match: { record: { id: contactId } } },
		]);
		expect(zoho.records('Calls')).toMatchObject([{ Who_Id: { id: contactId } }]);

		const panel = await openNodePanel(page, 'Apply Call Rules');
		const settings = await shownSettings(panel);
		await keepScreenshot(page, 'call-rules');
		expect(settings).toEqual(
			expect.arrayContaining([
				'Log Calls',
				'Create a Record for Unknown Numbers',
				'Create As',
				'Create a Ticket',
				'Follow-Up Task for Missed Calls',
				'Exceptions',
				'Business Hours',
				'Dry Run',
			]),
		);
		await closeNodePanel(page);
	});
});
