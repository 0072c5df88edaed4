import {
	eventXml,
	seal,
	type CallbackKeys,
	type SealedCallback,
} from '../../simulators/wecom/callback/notification.mts';

/** A company's keys, made up. */
export const KEYS: CallbackKeys = {
	corpId: 'ww0123456789abcdef',
	callbackToken: 'KfSimToken2024',
	encodingAesKey: 'Zk9xQ2wR7mT4vB1nL8sD3fG6hJ0pY5uE9aC2iO7kX4M',
	agentId: '1000002',
};

export interface SealedEvents {
	what: string;
	/** Of the message before encryption. */
	bytes: number;
	/** Each encrypted and signed for itself: no two are equal. */
	callbacks: SealedCallback[];
}

/** Events as WeCom sends them: new messages of an account, and lists of accounts, which may be long. */
export function sealedEvents(count: number, nowSeconds: number): SealedEvents[] {
	const sealed = (what: string, xml: string): SealedEvents => ({
		what,
		bytes: Buffer.byteLength(xml),
		callbacks: Array.from({ length: count }, () => seal(KEYS, xml, nowSeconds)),
	});
	const head = { ToUserName: KEYS.corpId, CreateTime: nowSeconds, MsgType: 'event' };
	const newMessages = eventXml({
		...head,
		Event: 'kf_msg_or_event',
		Token: 'ENCsimulatedSyncToken0001',
		OpenKfId: 'wkSimulatedKfAccount0001',
	});
	const accounts = (length: number) =>
		eventXml({
			...head,
			Event: 'kf_account_auth_change',
			AuthAddOpenKfId: Array.from({ length }, (_, index) => `wkSimulatedKfAccount${index}`),
		});
	return [
		sealed('new messages of an account', newMessages),
		sealed('50 accounts added', accounts(50)),
		sealed('500 accounts added', accounts(500)),
	];
}
