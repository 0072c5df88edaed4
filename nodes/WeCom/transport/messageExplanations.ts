import type { Explanations } from './explanations';

/** Messages and the state of sessions. */
export const MESSAGE_EXPLANATIONS: Explanations = {
	95001: {
		kind: 'refused',
		message: 'Five messages have already been sent since the customer last wrote',
		advice:
			'WeCom allows no more until the customer writes again. Put several texts into one message.',
	},
	95002: {
		kind: 'refused',
		message: 'The customer last wrote more than 48 hours ago',
		advice: 'WeCom allows no message until the customer writes again.',
	},
	95007: {
		kind: 'refused',
		message: 'The token of the callback has expired',
		advice: 'It is valid for ten minutes. Read the messages without it.',
	},
	95008: {
		kind: 'refused',
		message: 'The menu has too many items',
		advice: 'Use at most 10 items.',
	},
	95009: {
		kind: 'refused',
		message: 'The menu has an item of a type that WeCom does not know',
		advice: 'Use the types click, view, miniprogram and text.',
	},
	95013: {
		kind: 'refused',
		message: 'The session has ended',
		advice: 'A new one begins when the customer writes again.',
	},
	95016: {
		kind: 'refused',
		message: 'The session cannot go from its present state to this one',
		advice:
			'Read its state with Session > Get. A session that a person serves can go to another servicer or end, and one that has ended waits for the customer.',
	},
	95018: {
		kind: 'refused',
		message:
			'The state of the session does not let n8n write: a person serves it, it waits in the queue, or it has ended',
		advice:
			'Read its state with Session > Get. If it happens with every message, the account still gives sessions to its servicers: in the WeCom admin console, open WeChat Customer Service (微信客服) > Manage Sessions and Messages by API (通过API管理会话消息) and let the app manage the account.',
	},
	95022: {
		kind: 'refused',
		message: 'WeCom does not accept the type of the location',
		advice: 'Give latitude and longitude as numbers, and leave the type out.',
	},
	95030: {
		kind: 'refused',
		message: 'WeCom does not let the app send messages of this type',
		advice: 'Choose another message type, such as text.',
	},
	95031: {
		kind: 'refused',
		message: 'The customer has not written in the last 48 hours',
		advice: 'WeCom allows no message until the customer writes again.',
	},
	95033: {
		kind: 'refused',
		message: 'A message with this ID has already been sent from the account',
		advice:
			'Nothing has to be done if it is the same message. Use another message ID for a new one.',
	},
};
