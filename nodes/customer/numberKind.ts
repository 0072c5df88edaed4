import type { CustomerNumberKind } from './Customer';

/** The first pattern that fits decides. Labels are what people see in their own language, English and Chinese ones here. */
const KINDS: ReadonlyArray<{ pattern: RegExp; kind: CustomerNumberKind }> = [
	// Not the customer's own line, whatever kind of line it is.
	{ pattern: /asst|assistant|secretary|助理|助手|秘书|秘書/, kind: 'other' },
	{
		pattern: /(?:home|private).*fax|(?:家庭|住宅|家用|私人).*(?:传真|傳真)/,
		kind: 'homeFax',
	},
	{ pattern: /fax|传真|傳真/, kind: 'businessFax' },
	{ pattern: /mobil|\bcell|handphone|whatsapp|手机|手機|移动|移動|行动|行動/, kind: 'mobile' },
	{ pattern: /\bhome|private|家庭|住宅|家用|家里|宅电|宅電|私人/, kind: 'home' },
	{ pattern: /other|alternat|其他|其它|备用|備用/, kind: 'other' },
	{
		pattern:
			/phone|\btel|business|\bwork|office|company|direct|\bline\b|landline|电话|電話|办公|辦公|公司|单位|單位|座机|座機|固话|固話|直线|直線/,
		kind: 'business',
	},
];

/**
 * What the names of a field tell about the number in it. The label goes first: whoever gives a field another label says
 * what it is used for.
 *
 * @param names of one field, such as its label and its API name
 */
export function numberKind(...names: readonly string[]): CustomerNumberKind {
	for (const name of names) {
		const words = name.replace(/_/g, ' ').toLowerCase();
		const found = KINDS.find(({ pattern }) => pattern.test(words));
		if (found) return found.kind;
	}
	return 'other';
}
