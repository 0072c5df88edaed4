import { decode } from 'fast-png';
import fc from 'fast-check';
import { linkWithParameters, sceneOf } from '../../../nodes/WeCom/links/contactLink';
import { messageButton } from '../../../nodes/WeCom/links/messageButton';
import { qrCodePng } from '../../../nodes/WeCom/links/qrCode';
import { readQrCode } from './readQrCode.mts';

const URL_OF_WECOM = 'https://work.weixin.qq.com/kf/kfc0ffee0123456789?enc_scene=ENC1';

it('a telephone reads the QR code of any link', () => {
	fc.assert(
		fc.property(fc.stringMatching(/^[!-~]{0,200}$/), (rest) => {
			expect(readQrCode(qrCodePng(URL_OF_WECOM + rest))?.text).toBe(URL_OF_WECOM + rest);
		}),
		{ numRuns: 4 },
	);
});

it('the QR code is large enough, with a light border of four modules', () => {
	const { width, height, data } = decode(qrCodePng(URL_OF_WECOM));
	expect(width).toBe(height);
	expect(width).toBeGreaterThanOrEqual(800);
	const firstDark = data.indexOf(0) % width;
	const rows = data.slice(0, firstDark * width);
	expect(rows.findIndex((value) => value !== 255)).toBe(-1);
	// The finder pattern of seven modules begins there.
	const darkWidth = data.slice(data.indexOf(0)).findIndex((value) => value === 255);
	expect(firstDark).toBe((darkWidth / 7) * 4);
});

it('nothing gets out of the button', () => {
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '/') }), (text) => {
			const html = messageButton(`https://a.example/${text}`, text);
			expect(html.match(/[<>]/g)).toHaveLength(4);
			expect(html.match(/"/g)).toHaveLength(8);
			expect(html).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
		}),
	);
});

it('what a link carries comes back', () => {
	const texts = fc.string({
		unit: fc.constantFrom('a', '好', '&', '=', '%', '+', ' ', '#'),
		maxLength: 5,
	});
	fc.assert(
		fc.property(texts, texts, (one, other) => {
			const link = linkWithParameters(URL_OF_WECOM, 'web', { one, other });
			const told = new URL(link).searchParams.get('scene_param') ?? '';
			expect(Object.fromEntries(new URLSearchParams(told))).toEqual({ one, other });
			expect(link.startsWith(URL_OF_WECOM)).toBe(true);
		}),
	);
});

it.each([
	['without a scene', '', { phone: '1' }],
	['too long', 'web', { phone: 'x'.repeat(130) }],
	['too long in Chinese', 'web', { name: '好'.repeat(15) }],
])('parameters %s are refused', (_name, scene, parameters) => {
	expect(() => linkWithParameters(URL_OF_WECOM, scene, parameters)).toThrow(/[Ss]cene/);
});

it.each(['web', '', 'A_b-1', 'x'.repeat(32)])('the scene %j is taken', (scene) => {
	expect(sceneOf(scene)).toBe(scene);
});

it.each(['web site', '网站', 'x'.repeat(33)])('the scene %j is refused', (scene) => {
	expect(() => sceneOf(scene)).toThrow(/scene/);
});
