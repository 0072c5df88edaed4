import { startWeComStack, type WeComStack } from './weComTemplates.mts';

let stack: WeComStack;
beforeAll(async () => {
	stack = await startWeComStack();
});
afterAll(async () => await stack?.stop());

interface ChannelRow {
	scene: string;
	openKfId: string;
	accountName: string;
	departmentId: string;
	source: string;
	link: string;
}

it('a channel is an account, a link with QR code and button, and a row; a second run adds none', async () => {
	const { client, credentials, wecom, zoho } = stack;
	wecom.addServicer('LiuYang');
	const [, department] = zoho.desk.departments;
	const { id } = await client.importTemplate('wecom-channel-setup', {
		credentials,
		nodes: {
			'Set Channel': {
				parameters: {
					assignments: {
						assignments: Object.entries({
							accountName: 'Shop',
							servicers: 'LiuYang',
							scene: 'poster',
							source: 'Exhibition',
							department: department.name,
							buttonText: 'Write to us',
						}).map(([name, value]) => ({ id: name, name, value, type: 'string' })),
					},
				},
			},
		},
	});
	const first = await client.runManually(id);
	expect(first.error).toBeNull();
	const [{ link }] = first.itemsOf<{ link: { url: string; buttonHtml: string } }>('Create Link');
	expect(link.buttonHtml).toContain('Write to us');
	const second = await client.runManually(id);
	expect(second.error).toBeNull();
	expect(second.ran).not.toContain('Create Account');
	const rows = await client.readRows<ChannelRow>('callbridge_channels');
	expect(rows).toMatchObject([
		{
			scene: 'poster',
			accountName: 'Shop',
			departmentId: department.id,
			source: 'Exhibition',
			openKfId: second.itemsOf<{ openKfId: string }>('Set Account')[0].openKfId,
		},
	]);
});

it('the hourly look is silent while all is well, and says what WeCom answers if not', async () => {
	const { client, credentials, wecom } = stack;
	const { id } = await client.importTemplate('wecom-health', { credentials });
	const well = await client.runManually(id, { trigger: 'When You Check by Hand' });
	expect(well.error).toBeNull();
	expect(well.ran).not.toContain('Tell Somebody');

	wecom.faults.answers.push({ kind: 'errcode', errcode: 48002, times: 9, path: 'kf/account/list' });
	const ill = await client.runManually(id, { trigger: 'When You Check by Hand' });
	expect(ill.error).toBeNull();
	const [{ text }] = ill.itemsOf<{ text: string }>('Set Alert');
	expect(text).toMatch(/^WeCom does not answer as it should: The app may not use/);
});
