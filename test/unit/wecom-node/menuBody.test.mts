import { menuBody, type MenuItem } from '../../../nodes/WeCom/menus/menuBody';

const click = (content: string, id = ''): MenuItem => ({ type: 'click', content, id });
const menu = (items: MenuItem[], head = '', tail = '') => ({ head, items, tail });

it('is what WeCom documents', () => {
	const body = menuBody({
		head: 'What do you need?',
		items: [
			{ type: 'click', id: 'm_101', content: 'Track a parcel' },
			{ type: 'view', url: 'https://shop.example/help', content: 'Help pages' },
			{ type: 'miniprogram', appId: 'wx1', pagePath: 'pages/order.html', content: 'Orders' },
			{ type: 'text', content: 'or write to us', isOnSameLine: true },
			click('Else'),
		],
		tail: 'Open 9–18 h',
	});
	expect(body).toEqual({
		head_content: 'What do you need?',
		list: [
			{ type: 'click', click: { id: 'm_101', content: 'Track a parcel' } },
			{ type: 'view', view: { url: 'https://shop.example/help', content: 'Help pages' } },
			{
				type: 'miniprogram',
				miniprogram: { appid: 'wx1', pagepath: 'pages/order.html', content: 'Orders' },
			},
			{ type: 'text', text: { content: 'or write to us', no_newline: 1 } },
			{ type: 'click', click: { content: 'Else' } },
		],
		tail_content: 'Open 9–18 h',
	});
});

it('one of its parts is enough', () => {
	expect(menuBody(menu([], 'Hello'))).toEqual({ head_content: 'Hello' });
	expect(menuBody(menu([], '', 'Bye'))).toEqual({ tail_content: 'Bye' });
});

it.each<[string, ReturnType<typeof menu>, RegExp]>([
	['nothing', menu([]), /empty/],
	['a long head', menu([], '好'.repeat(342)), /Text Above has 1026 bytes.*1024/],
	['a long tail', menu([], '', 'x'.repeat(1025)), /Text Below/],
	['eleven to tap', menu(Array<MenuItem>(11).fill(click('a'))), /11 of them to tap/],
	['51 items', menu(Array<MenuItem>(51).fill({ type: 'text', content: 'a' })), /51 items/],
	['a long answer', menu([click('a'), click('x'.repeat(129))]), /menu item 2 has 129 bytes/],
	['a long id', menu([click('a', 'x'.repeat(129))]), /ID of menu item 1/],
	['an answer without text', menu([click(' ')]), /Text of menu item 1 is empty/],
	['a link without address', menu([{ type: 'view', content: 'a' }]), /URL of menu item 1/],
	['a link elsewhere', menu([{ type: 'view', content: 'a', url: 'ftp://a.example' }]), /address/],
	[
		'a mini program without path',
		menu([{ type: 'miniprogram', content: 'a', appId: 'b' }]),
		/Page Path/,
	],
	['a long text', menu([{ type: 'text', content: 'x'.repeat(257) }]), /256/],
])('%s is refused', (_name, wrong, message) => {
	expect(() => menuBody(wrong)).toThrow(message);
});
